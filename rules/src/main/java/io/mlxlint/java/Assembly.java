package io.mlxlint.java;

import io.mlxlint.finding.Span;
import io.mlxlint.java.Flow.Draft;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the blocks and loops of the model of a body that is walked to its end. */
final class Assembly {
  private final Flow flow;

  Assembly(Flow flow) {
    this.flow = flow;
  }

  Flow.Finished finished() {
    Map<Draft, Block> built = new IdentityHashMap<>();
    List<Block> all = new ArrayList<>();
    for (Draft d : flow.blocks) {
      Block block = new Block(all.size());
      built.put(d, block);
      all.add(block);
    }
    Map<Instruction, Site> finalSites = new IdentityHashMap<>();
    for (Draft d : flow.blocks) {
      Block block = built.get(d);
      for (Flow.Merge m : d.merges) {
        if (!flow.replaced.containsKey(m.value().id())) {
          Map<Block, Value> inputs = new LinkedHashMap<>();
          m.inputs().forEach((from, v) -> {
            if (!flow.undefined.contains(flow.resolve(v).id())) {
              inputs.put(built.get(from), flow.resolve(v));
            }
          });
          block.append(new Instruction.Phi(m.value(), Collections.unmodifiableMap(inputs), spanOf(d)));
        }
      }
      for (Instruction i : d.code) {
        Instruction rewritten = flow.replaced.isEmpty() ? i : Renaming.of(i, flow::resolve);
        block.append(rewritten);
        finalSites.put(rewritten, flow.sites.get(i));
      }
      d.successors.stream().filter(built::containsKey).forEach(s -> block.leadsTo(built.get(s)));
    }
    return new Flow.Finished(all, loops(built), finalSites);
  }

  private Span spanOf(Draft d) {
    for (Flow.LoopDraft loop : flow.loops) {
      if (loop.header() == d) {
        return loop.headerSpan();
      }
    }
    return d.code.isEmpty() ? flow.span : d.code.getFirst().span();
  }

  private List<Loop> loops(Map<Draft, Block> built) {
    Map<Flow.LoopDraft, Loop> made = new IdentityHashMap<>();
    List<Loop> all = new ArrayList<>();
    for (Flow.LoopDraft draft : flow.loops) {
      Set<Draft> body = body(draft);
      if (body.size() > 1 || draft.header().successors.contains(draft.header())) {
        Set<Block> members = new LinkedHashSet<>();
        flow.blocks.stream().filter(body::contains).map(built::get).forEach(members::add);
        Flow.LoopDraft around = draft.parent();
        while (around != null && !made.containsKey(around)) {
          around = around.parent();
        }
        Loop loop = new Loop(built.get(draft.header()), Collections.unmodifiableSet(members),
            draft.headerSpan(),
            draft.span(), Optional.ofNullable(around).map(made::get), Optional.ofNullable(draft.tripCount()));
        made.put(draft, loop);
        all.add(loop);
      }
    }
    return all;
  }

  /** All that reaches the header again without leaving through it; only the header if nothing comes back. */
  private static Set<Draft> body(Flow.LoopDraft loop) {
    Set<Draft> body = new HashSet<>();
    body.add(loop.header());
    Deque<Draft> open = new ArrayDeque<>(
        loop.header().predecessors.subList(loop.entries(), loop.header().predecessors.size()));
    while (!open.isEmpty()) {
      Draft d = open.pop();
      if (body.add(d)) {
        open.addAll(d.predecessors);
      }
    }
    return body;
  }
}
