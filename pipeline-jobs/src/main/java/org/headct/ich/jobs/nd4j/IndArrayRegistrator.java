package org.headct.ich.jobs.nd4j;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import de.javakaffee.kryoserializers.SynchronizedCollectionsSerializer;
import de.javakaffee.kryoserializers.UnmodifiableCollectionsSerializer;
import org.apache.spark.serializer.KryoRegistrator;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.nd4j.kryo.Nd4jSerializer;

/**
 * A {@code spark.kryo.registrator} that copies arrays in bulk. Java serialisation and ND4J's own
 * registrator copy float by float. It loads no ND4J backend before the first array.
 */
public final class IndArrayRegistrator implements KryoRegistrator {
  static {
    Nd4jRuntime.prepare();
  }

  @Override
  public void registerClasses(Kryo kryo) {
    register(kryo, "org.nd4j.linalg.cpu.nativecpu.NDArray", new IndArraySerializer());
    // An array on a device must be fetched first; ND4J's slower serializer does this.
    register(kryo, "org.nd4j.linalg.jcublas.JCublasNDArray", new Nd4jSerializer());
    // Kryo 4 cannot set the final fields of a record.
    kryo.addDefaultSerializer(Record.class, JavaSerializer.class);
    UnmodifiableCollectionsSerializer.registerSerializers(kryo);
    SynchronizedCollectionsSerializer.registerSerializers(kryo);
  }

  /** Registers the class if its backend is on the classpath, without initialising the class. */
  private static void register(Kryo kryo, String name, Serializer<?> serializer) {
    ClassLoader loader = IndArrayRegistrator.class.getClassLoader();
    if (loader.getResource(name.replace('.', '/') + ".class") == null) {
      return;
    }
    try {
      kryo.register(Class.forName(name, false, loader), serializer);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is on the classpath but cannot be loaded", e);
    }
  }
}
