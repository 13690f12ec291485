package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private final RecordingEngine engine = new RecordingEngine();

  @AfterEach
  void noDebug() {
    MX.debug(false);
  }

  private <T> T run(Supplier<T> body) {
    return Engines.with(engine, body);
  }

  @Test
  void tidyReleasesAllButTheResult() {
    run(() -> {
      Array x = MX.ones(2);
      long before = engine.open();
      Array y = MX.tidy(() -> MX.exp(x).add(1).multiply(2.0));
      assertThat(engine.open()).isEqualTo(before + 1);
      assertThat(y.isClosed()).isFalse();
      y.close();
      assertThat(engine.open()).isEqualTo(before);
      return null;
    });
  }

  @Test
  void keepHandsToTheEnclosingScope() {
    run(() -> {
      Array inner;
      try (Scope outer = MX.scope()) {
        try (Scope scope = MX.scope()) {
          inner = scope.keep(List.of(MX.ones(2))).getFirst();
          assertThat(scope.size()).isLessThan(2);
        }
        assertThat(inner.isClosed()).isFalse();
        assertThat(outer.size()).isEqualTo(1);
      }
      assertThat(inner.isClosed()).isTrue();
      return null;
    });
  }

  @Test
  void closingAnArrayTakesItOutOfItsScope() {
    run(() -> {
      try (Scope scope = MX.scope()) {
        Array a = MX.array(1);
        Array b = MX.array(2);
        Array c = MX.array(3);
        a.close();
        assertThat(scope.size()).isEqualTo(2);
        assertThat(b.isClosed() || c.isClosed()).isFalse();
      }
      assertThat(engine.open()).isZero();
      return null;
    });
  }

  @Test
  void useAfterReleaseNamesOperationAndPlace() {
    MX.debug(true);
    run(() -> {
      Array a = MX.array(1);
      a.close();
      assertThatThrownBy(() -> a.add(2)).isInstanceOf(IllegalStateException.class)
          .hasMessageMatching("add: the array was released at ScopeTest.java:\\d+, it was made at "
              + "ScopeTest.java:\\d+");
      Array b;
      try (Scope scope = MX.scope()) {
        b = MX.array(1);
      }
      assertThatThrownBy(b::item).hasMessageContaining("when the scope ended at ScopeTest.java:");
      return null;
    });
  }

  @Test
  void scopesCloseInnermostFirst() {
    run(() -> {
      try (Scope outer = MX.scope(); Scope inner = MX.scope()) {
        assertThatThrownBy(outer::close).hasMessageContaining("innermost first");
      }
      return null;
    });
  }

  @Test
  void setKeepsOtherHandles() {
    run(() -> {
      Array a = MX.ones(3);
      Array b = a.at(Index.all());
      a.set(5.0, 1);
      assertThat(((RecordingEngine.Recorded) a.node()).op)
          .isNotSameAs(((RecordingEngine.Recorded) b.node()).op);
      a.close();
      assertThat(b.isClosed()).isFalse();
      return null;
    });
  }

  @Test
  void enginesDoNotMix() {
    Array a = run(() -> MX.ones(2));
    Array b = Engines.with(new RecordingEngine(), () -> MX.ones(2));
    assertThatThrownBy(() -> a.add(b)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not mix");
  }

  @Test
  void arraysOutsideScopesGoWithTheCollector() throws InterruptedException {
    run(() -> MX.ones(2).add(1).ndim());
    for (int i = 0; i < 100 && engine.open() > 0; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(engine.open()).isZero();
  }
}
