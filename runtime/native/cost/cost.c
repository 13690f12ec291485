// What one operation costs when C calls MLX's C API: nanoseconds, the best of the rounds.
#include <stdio.h>
#include <stdlib.h>
#include <stdbool.h>
#include <time.h>

typedef struct { void* ctx; } handle;
typedef int (*function)(handle*, const handle);

handle mlx_default_cpu_stream_new(void);
handle mlx_array_new_data(const void*, const int*, int, int);
int mlx_array_free(handle);
int mlx_array_eval(handle);
int mlx_add(handle*, handle, handle, handle);
int mlx_exp(handle*, handle, handle);
int mlx_multiply(handle*, handle, handle, handle);
handle mlx_closure_new_func(function);
int mlx_closure_apply(handle*, handle, handle);
int mlx_compile(handle*, handle, bool);
handle mlx_vector_array_new_data(const handle*, size_t);
handle mlx_vector_array_new_value(handle);
int mlx_vector_array_set_value(handle*, handle);
int mlx_vector_array_get(handle*, handle, size_t);
int mlx_vector_array_free(handle);

static handle stream;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int body(handle* out, const handle in) {
  handle x = {0}, y = {0}, e = {0}, r = {0};
  mlx_vector_array_get(&x, in, 0);
  mlx_vector_array_get(&y, in, 1);
  mlx_exp(&e, x, stream);
  mlx_multiply(&r, e, y, stream);
  mlx_vector_array_set_value(out, r);
  mlx_array_free(x); mlx_array_free(y); mlx_array_free(e); mlx_array_free(r);
  return 0;
}

static int one(handle* out, const handle in) {
  handle x = {0}, e = {0};
  mlx_vector_array_get(&x, in, 0);
  mlx_exp(&e, x, stream);
  mlx_vector_array_set_value(out, e);
  mlx_array_free(x); mlx_array_free(e);
  return 0;
}

enum { BATCH = 100 };

static double call(handle compiled, const handle* inputs, int count) {
  int n = 20000;
  double start = now();
  for (int i = 0; i < n; i++) {
    handle out = {0}, result = {0};
    handle in = mlx_vector_array_new_data(inputs, count);
    mlx_closure_apply(&out, compiled, in);
    mlx_vector_array_get(&result, out, 0);
    mlx_vector_array_free(in); mlx_vector_array_free(out); mlx_array_free(result);
  }
  return (now() - start) / n;
}

static double smaller(double a, double b) {
  return a < b ? a : b;
}

int main(int argc, char** argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 15;
  float data[] = {1, 2, 3, 4};
  int shape[] = {4};
  stream = mlx_default_cpu_stream_new();
  handle x = mlx_array_new_data(data, shape, 1, 10);
  handle y = mlx_array_new_data(data, shape, 1, 10);
  handle closure = mlx_closure_new_func(body);
  handle compiled = {0};
  mlx_compile(&compiled, closure, false);
  handle single = mlx_closure_new_func(one), compiledOne = {0};
  mlx_compile(&compiledOne, single, false);
  // as in the other two programs: once something was evaluated MLX has threads, and C's locks are real ones
  handle sum = {0};
  mlx_add(&sum, x, y, stream);
  mlx_array_eval(sum);
  handle both[] = {x, y};
  handle batch[BATCH];
  double add = 1e9, kept = 1e9, two = 1e9, only = 1e9;
  for (int r = 0; r < rounds; r++) {
    int n = 20000;
    double start = now();
    for (int i = 0; i < n; i++) {
      handle out = {0};
      mlx_add(&out, x, y, stream);
      mlx_array_free(out);
    }
    add = smaller(add, (now() - start) / n);
    start = now();
    for (int i = 0; i < n; i += BATCH) {
      for (int k = 0; k < BATCH; k++) {
        batch[k].ctx = NULL;
        mlx_add(&batch[k], x, y, stream);
      }
      for (int k = BATCH - 1; k >= 0; k--) mlx_array_free(batch[k]);
    }
    kept = smaller(kept, (now() - start) / n);
    two = smaller(two, call(compiled, both, 2));
    only = smaller(only, call(compiledOne, both, 1));
  }
  printf("add %.0f\nadd-kept %.0f\ncompiled %.0f\ncompiled-one %.0f\n", add, kept, two, only);
  return 0;
}
