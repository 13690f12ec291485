#!/usr/bin/env bash
# What engine mlx costs beside C and Python on the same MLX: run.sh [ROUNDS]. They take turns, as turns.py says.
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
path=${COST_CLASSES:-$root/runtime/target/classes:$root/runtime/target/test-classes:$root/samples/target/classes:$root/samples/target/test-classes}
mkdir -p "$target"
cc -O2 -o "$target/cost" "$here/cost.c" "$lib" -Wl,-rpath,"$(dirname "$lib")" \
  -Wl,-rpath-link,"$(dirname "$lib")/../mlx/lib"
python=${COST_PYTHON:-$target/venv/bin/python}
if [ ! -x "$python" ]; then
  python3 -m venv "$target/venv"
  "$target/venv/bin/pip" install --quiet 'mlx[cpu]==0.32.2'
fi
command=("$java" --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -Dmlxlint.engine=mlx
  -Dmlxlint.device=cpu -cp "$path")
decode=io.mlxlint.samples.tuned.DecodeBenchmark
sizes=$("${command[@]}" "$decode" sizes)
export MLXC_LIBRARY=$lib
quoted() { printf '%q ' "$@"; }
python3 "$here/turns.py" "${1:-100}" c="$target/cost" python="$(quoted "$python" "$here/cost.py")" \
  java="$(quoted "${command[@]}" io.mlxlint.engine.mlx.CostBenchmark)" \
  python-model="$(quoted "$python" "$here/decode.py")$sizes" java-model="$(quoted "${command[@]}" "$decode")"
