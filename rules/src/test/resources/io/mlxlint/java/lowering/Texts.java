package demo;

import io.mlxlint.mx.Array;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class Texts {
  private static final Logger log = LoggerFactory.getLogger(Texts.class);
  private static final System.Logger LOG = System.getLogger("texts");

  String texts(Array x, List<Array> all, StringBuilder b, int n) {
    String s = "x " + x + " of " + n;
    s += x;
    b.append("x=").append(x).append(n);
    System.out.printf("%s %d%n", x, n);
    log.info("loss {}", x);
    LOG.log(System.Logger.Level.INFO, "loss {0}", x);
    assert n > 0 : "shape " + x.shape() + x;
    System.out.println(all);
    return String.format("%s", x) + "%s".formatted(x) + String.valueOf(x) + x.toString() + Map.of("x", x);
  }

  boolean same(Array x, Array y) {
    return x.equals(y);
  }
}
