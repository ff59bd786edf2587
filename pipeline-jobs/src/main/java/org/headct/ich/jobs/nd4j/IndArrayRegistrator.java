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
 * For {@code spark.kryo.registrator}: arrays are copied in bulk, where both Java serialisation and
 * ND4J's own registrator go float by float. Loads no ND4J backend until an array is met.
 */
public final class IndArrayRegistrator implements KryoRegistrator {
  static {
    Nd4jRuntime.prepare();
  }

  @Override
  public void registerClasses(Kryo kryo) {
    register(kryo, "org.nd4j.linalg.cpu.nativecpu.NDArray", new IndArraySerializer());
    // An array on a device must be fetched first, which the slow way does.
    register(kryo, "org.nd4j.linalg.jcublas.JCublasNDArray", new Nd4jSerializer());
    // Kryo 4 can not set the final fields of a record.
    kryo.addDefaultSerializer(Record.class, JavaSerializer.class);
    UnmodifiableCollectionsSerializer.registerSerializers(kryo);
    SynchronizedCollectionsSerializer.registerSerializers(kryo);
  }

  /** One of the two backends is on the classpath; its class is not initialised here. */
  private static void register(Kryo kryo, String name, Serializer<?> serializer) {
    ClassLoader loader = IndArrayRegistrator.class.getClassLoader();
    if (loader.getResource(name.replace('.', '/') + ".class") == null) {
      return;
    }
    try {
      kryo.register(Class.forName(name, false, loader), serializer);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is there and does not load", e);
    }
  }
}
