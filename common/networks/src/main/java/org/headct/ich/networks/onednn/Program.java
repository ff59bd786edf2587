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
 * Primitives with their arguments, in the order in which they run, and the memory between them. It
 * is planned once for a batch size. Then it can run any number of times, on one thread at a time.
 */
final class Program implements AutoCloseable {
  /** The purpose of a program. */
  enum Purpose {
    /** A forward pass by the moments of the batch, and a backward pass. */
    TRAINING(dnnl.prop_kind.forward_training),
    /** A forward pass by the running moments. */
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

  /** Returns attributes for a primitive whose output goes through a ReLU. */
  static primitive_attr withRelu() {
    post_ops after = new post_ops();
    after.append_eltwise(1f, dnnl.algorithm.eltwise_relu, 0f, 0f);
    // Not a copy of the other attributes: copies of the library's objects share one object.
    primitive_attr attributes = ownScratchpad();
    attributes.set_post_ops(after);
    return attributes;
  }

  /**
   * Returns attributes with a scratchpad that belongs to the program. By default the library's
   * scratchpad belongs to the thread that made the primitive.
   */
  private static primitive_attr ownScratchpad() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  /** Starts the backward pass: primitives added from now on are part of it. */
  void startBackward() {
    recorded = backward;
  }

  /** Returns a description whose layout the library chooses. */
  static memory.desc any(long... dims) {
    return desc(memory.format_tag.any, dims);
  }

  /** Returns a description in C order, as in ND4J: N×C×H×W, O×I×H×W for weights, or a vector. */
  static memory.desc plain(long... dims) {
    return desc(
        switch (dims.length) {
          case 1 -> memory.format_tag.a;
          case 2 -> memory.format_tag.ab;
          case 4 -> memory.format_tag.abcd;
          default ->
              throw new IllegalArgumentException("needs 1, 2 or 4 dimensions, got " + dims.length);
        },
        dims);
  }

  private static memory.desc desc(memory.format_tag tag, long... dims) {
    return new memory.desc(new LongPointer(dims), memory.data_type.f32, tag);
  }

  /** Returns a slot that is kept through forward and backward pass. */
  Slot keep(long bytes) {
    Slot slot = new Slot(bytes);
    slots.add(slot);
    return slot;
  }

  /**
   * Returns a free slot or, if there is none, a new one. Takes the smallest free slot that fits, or
   * enlarges the largest.
   */
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

  /** Removes one holder. A slot without holders is free. */
  void release(Slot slot) {
    slot.holders--;
    if (slot.holders == 0) {
      free.add(slot);
    }
  }

  /** Returns memory of a layout in a slot. */
  memory view(memory.desc desc, Slot slot) {
    memory memory = outside(desc);
    views.add(new View(memory, slot));
    return memory;
  }

  /** Returns memory outside the arena. It gets its address by {@link memory#set_data_handle}. */
  memory outside(memory.desc desc) {
    return new memory(desc, engine, null);
  }

  /** Adds a primitive to the current pass. */
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
   * Returns whether the library has only its plain loops for these sizes, layouts and CPU. They
   * take up to a hundred times as long.
   */
  static boolean isReference(primitive_desc_base description) {
    return description.impl_info_str().getString().contains("ref:");
  }

  /** Copies memory from one layout to another. */
  void reorder(memory from, memory.desc fromDesc, memory to, memory.desc toDesc) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(engine, fromDesc, engine, toDesc, attributes, false);
    add(
        new reorder(description),
        description,
        new Arguments().with(dnnl.DNNL_ARG_FROM, from).with(dnnl.DNNL_ARG_TO, to));
  }

  /** Ends the planning and gives every slot its offset. */
  void finish() {
    slots.add(scratchpad);
    views.addAll(scratchpads);
    for (Slot slot : slots) {
      offsets.put(slot, bytes);
      bytes += Arena.aligned(slot.bytes);
    }
    scope.close();
  }

  /** Sets the addresses of the views. Their contents are lost if the arena moved. */
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

  /** Returns the kinds of the steps that have no fast code, see {@link #isReference}. */
  List<String> plainLoops() {
    return List.copyOf(plainLoops);
  }

  /** Returns the bytes of activations, their gradients, reordered weights and scratchpad. */
  long bytes() {
    return bytes;
  }

  /** A pointer to memory that the program does not own. */
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
            "oneDNN failed at step %d of %d, a %s: %s"
                .formatted(
                    steps.indexOf(step), steps.size(), step.primitive().get_kind(), e.getMessage()),
            e);
      }
    }
    stream._wait();
  }

  /** Frees the library's objects, which lie outside the heap. */
  @Override
  public void close() {
    scope.deallocate();
  }
}
