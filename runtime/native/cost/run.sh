#!/usr/bin/env bash
# What engine mlx costs beside C and Python on the same MLX: run.sh [TURNS]. The three take turns; the best counts.
# Needs runtime/native/build.sh, a build of the tests (./mvnw test-compile), cc, python3 with venv, and JAVA_HOME.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
lib=${MLXC_LIBRARY:-$root/runtime/native/target/lib/libmlxc.so}
target=$root/runtime/native/target/cost
java=${JAVA_HOME:-}/bin/java
if ! grep -qs '^JAVA_VERSION="2[5-9]' "${JAVA_HOME:-}/release"; then
  echo "run.sh: set JAVA_HOME to a JDK 25 or newer" >&2
  exit 2
fi
turns=${1:-3}
path=${COST_CLASSES:-$root/runtime/target/classes:$root/runtime/target/test-classes:$root/samples/target/classes:$root/samples/target/test-classes}
mkdir -p "$target"
cc -O2 -o "$target/cost" "$here/cost.c" "$lib" -Wl,-rpath,"$(dirname "$lib")" \
  -Wl,-rpath-link,"$(dirname "$lib")/../mlx/lib"
python=${COST_PYTHON:-$target/venv/bin/python}
if [ ! -x "$python" ]; then
  python3 -m venv "$target/venv"
  "$target/venv/bin/pip" install --quiet 'mlx[cpu]==0.32.2'
fi
run() {
  MLXC_LIBRARY=$lib "$java" --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -Dmlxlint.engine=mlx \
    -Dmlxlint.device=cpu -cp "$path" "$@"
}
read -ra sizes <<<"$(run io.mlxlint.samples.tuned.DecodeBenchmark sizes)"
results=$target/results.txt
: >"$results"
for ((i = 0; i < turns; i++)); do
  "$target/cost" | sed 's/^/c-/' >>"$results"
  "$python" "$here/cost.py" 15 "${sizes[@]}" | sed 's/^/python-/' >>"$results"
  run io.mlxlint.engine.mlx.CostBenchmark | sed 's/^/java-/' >>"$results"
  run io.mlxlint.samples.tuned.DecodeBenchmark 15 | sed 's/^/java-/' >>"$results"
done
awk '
  !($1 in best) || $2 < best[$1] { best[$1] = $2 }
  function line(what, a, b, goal) {
    printf "%-52s %8d ns %8d ns %6.2f  %s\n", what, best[a], best[b], best[a] / best[b], goal
  }
  END {
    printf "%-52s %11s %11s %6s\n", "", "first", "second", "ratio"
    line("add, bindings : C", "java-bindings-add", "c-add", "at most 1.10")
    line("add in a scope, checks included : C", "java-add", "c-add", "at most 1.30")
    line("the same, 100 results kept until its end : C", "java-add-kept", "c-add-kept", "at most 1.30")
    line("add in a scope : Python", "java-add", "python-add", "below 1")
    line("compiled call of two arrays : Python", "java-compiled", "python-compiled", "at most 0.50")
    line("compiled call of one array : Python", "java-compiled-one", "python-compiled-one", "at most 0.50")
    line("compiled call of two arrays : C", "java-compiled", "c-compiled", "")
    line("compiled call of one array : C", "java-compiled-one", "c-compiled-one", "")
    line("compiled call of two arrays, bindings : Python", "java-bindings-compiled", "python-compiled", "")
    line("compiled call of two arrays, C : Python", "c-compiled", "python-compiled", "")
    line("compiled call of one array, C : Python", "c-compiled-one", "python-compiled-one", "")
    line("a character of the generation sample : Python", "java-decode", "python-decode", "at most 1")
  }' "$results"
