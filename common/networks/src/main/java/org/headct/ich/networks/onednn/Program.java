package org.headct.ich.networks.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Primitives with their arguments, in the order in which they run, and the memory between them.
 * Planned once for a size of batch, then run as often as wanted, by one thread at a time.
 */
final class Program implements AutoCloseable {
  /** What a program is for. */
  enum Purpose {
    /** Forward by the moments of the batch, and backward. */
    TRAINING(dnnl.prop_kind.forward_training),
    /** Forward by the running moments. */
    SCORING(dnnl.prop_kind.forward_inference);

    private final dnnl.prop_kind forward;

    Purpose(dnnl.prop_kind forward) {
      this.forward = forward;
    }
  }

  private record Step(primitive primitive, IntMemoryMap arguments) {}

  private record View(memory memory, Slot slot) {}

  private final Arena arena;
  private final Purpose purpose;
  private final PointerScope scope = new PointerScope().extend();
  private final engine engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
  private final stream stream = new stream(engine);
  private final primitive_attr attributes = ownScratchpad();
  private final List<Step> forward = new ArrayList<>();
  private final List<Step> backward = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Slot> free = new ArrayList<>();
  private final List<View> scratchpads = new ArrayList<>();
  private final Slot scratchpad = new Slot(0);
  private final Map<Slot, Long> offsets = new HashMap<>();
  private final List<String> plainLoops = new ArrayList<>();
  private List<Step> recorded = forward;
  private long bytes;
  private long bound;

  Program(Arena arena, Purpose purpose) {
    this.arena = arena;
    this.purpose = purpose;
  }

  Purpose purpose() {
    return purpose;
  }

  dnnl.prop_kind propagation() {
    return purpose.forward;
  }

  engine engine() {
    return engine;
  }

  primitive_attr attributes() {
    return attributes;
  }

  /** Of a primitive that ends with a ReLU over its output. */
  static primitive_attr withRelu() {
    post_ops after = new post_ops();
    after.append_eltwise(1f, dnnl.algorithm.eltwise_relu, 0f, 0f);
    // Not a copy of the others: copies of the library's objects are one object.
    primitive_attr attributes = ownScratchpad();
    attributes.set_post_ops(after);
    return attributes;
  }

  /** The library's scratchpad belongs to the thread that made a primitive; ours to the program. */
  private static primitive_attr ownScratchpad() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  /** What is added from now on is part of the backward pass. */
  void turn() {
    recorded = backward;
  }

  /** A layout for the library to choose. */
  static memory.desc any(long... dims) {
    return desc(memory.format_tag.any, dims);
  }

  /** Sizes in C order, as ND4J has them: N×C×H×W, or O×I×H×W of weights, or a vector. */
  static memory.desc plain(long... dims) {
    return desc(
        switch (dims.length) {
          case 1 -> memory.format_tag.a;
          case 2 -> memory.format_tag.ab;
          case 4 -> memory.format_tag.abcd;
          default -> throw new IllegalArgumentException(dims.length + " dimensions");
        },
        dims);
  }

  private static memory.desc desc(memory.format_tag tag, long... dims) {
    return new memory.desc(new LongPointer(dims), memory.data_type.f32, tag);
  }

  /** A slot that is kept through forward and backward pass. */
  Slot keep(long bytes) {
    Slot slot = new Slot(bytes);
    slots.add(slot);
    return slot;
  }

  /** A slot of those that are free again, or a new one; it is the smallest that fits, or grows. */
  Slot borrow(long bytes) {
    Slot best =
        free.stream()
            .filter(s -> s.bytes >= bytes)
            .min(Comparator.comparingLong(s -> s.bytes))
            .or(() -> free.stream().max(Comparator.comparingLong(s -> s.bytes)))
            .orElse(null);
    if (best == null) {
      return keep(bytes);
    }
    free.remove(best);
    best.bytes = Math.max(best.bytes, bytes);
    best.holders = 1;
    return best;
  }

  /** One holder less; nobody's slot is free. */
  void release(Slot slot) {
    slot.holders--;
    if (slot.holders == 0) {
      free.add(slot);
    }
  }

  /** Memory of a layout in a slot. */
  memory view(memory.desc desc, Slot slot) {
    memory memory = outside(desc);
    views.add(new View(memory, slot));
    return memory;
  }

  /** Memory that lies elsewhere and gets its address by {@link memory#set_data_handle}. */
  memory outside(memory.desc desc) {
    return new memory(desc, engine, null);
  }

  /** Adds a primitive. */
  void add(primitive primitive, primitive_desc_base description, Arguments arguments) {
    memory.desc needed = description.scratchpad_desc();
    if (needed.get_size() > 0) {
      memory memory = outside(needed);
      scratchpad.bytes = Math.max(scratchpad.bytes, needed.get_size());
      scratchpads.add(new View(memory, scratchpad));
      arguments.with(dnnl.DNNL_ARG_SCRATCHPAD, memory);
    }
    if (isReference(description)) {
      plainLoops.add(primitive.get_kind().toString());
    }
    recorded.add(new Step(primitive, arguments.map()));
  }

  /**
   * Whether the library has nothing better for these sizes, layouts and CPU than its plain loops,
   * which take a hundred times as long.
   */
  static boolean isReference(primitive_desc_base description) {
    return description.impl_info_str().getString().contains("ref:");
  }

  /** Copies from layout to layout. */
  void reorder(memory from, memory.desc fromDesc, memory to, memory.desc toDesc) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(engine, fromDesc, engine, toDesc, attributes, false);
    add(
        new reorder(description),
        description,
        new Arguments().with(dnnl.DNNL_ARG_FROM, from).with(dnnl.DNNL_ARG_TO, to));
  }

  /** Ends the planning: every slot has its place. */
  void finish() {
    slots.add(scratchpad);
    views.addAll(scratchpads);
    for (Slot slot : slots) {
      offsets.put(slot, bytes);
      bytes += Arena.aligned(slot.bytes);
    }
    scope.close();
  }

  /** Gives the views their addresses; what they held before is lost if the arena moved. */
  void bind() {
    long base = arena.address(bytes);
    if (base != bound) {
      for (View view : views) {
        long address = base + Objects.requireNonNull(offsets.get(view.slot()));
        view.memory().set_data_handle(new Address(address));
      }
      bound = base;
    }
  }

  /** Kinds of the steps that the library has no fast code for, {@link #isReference}. */
  List<String> plainLoops() {
    return List.copyOf(plainLoops);
  }

  /** Bytes of activations, their gradients, reordered weights and scratchpad. */
  long bytes() {
    return bytes;
  }

  /** A place in memory that somebody else owns. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }

  void forward() {
    run(forward);
  }

  void backward() {
    run(backward);
  }

  private void run(List<Step> steps) {
    for (Step step : steps) {
      try {
        step.primitive().execute(stream, step.arguments());
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "oneDNN fails at step %d of %d, a %s: %s"
                .formatted(
                    steps.indexOf(step), steps.size(), step.primitive().get_kind(), e.getMessage()),
            e);
      }
    }
    stream._wait();
  }

  /** Frees the memory outside the heap. */
  @Override
  public void close() {
    scope.deallocate();
  }
}
