// What one operation costs when C calls MLX's C API: answers the name of a measure with nanoseconds.
#include <stdio.h>
#include <stdbool.h>
#include <string.h>
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

enum { N = 20000, BATCH = 100 };

static void add(handle x, handle y) {
  for (int i = 0; i < N; i++) {
    handle out = {0};
    mlx_add(&out, x, y, stream);
    mlx_array_free(out);
  }
}

static void add_kept(handle x, handle y) {
  handle batch[BATCH];
  for (int i = 0; i < N; i += BATCH) {
    for (int k = 0; k < BATCH; k++) {
      batch[k].ctx = NULL;
      mlx_add(&batch[k], x, y, stream);
    }
    for (int k = BATCH - 1; k >= 0; k--) mlx_array_free(batch[k]);
  }
}

static void call(handle compiled, const handle* inputs, int count) {
  for (int i = 0; i < N; i++) {
    handle out = {0}, result = {0};
    handle in = mlx_vector_array_new_data(inputs, count);
    mlx_closure_apply(&out, compiled, in);
    mlx_vector_array_get(&result, out, 0);
    mlx_vector_array_free(in); mlx_vector_array_free(out); mlx_array_free(result);
  }
}

int main(void) {
  float data[] = {1, 2, 3, 4};
  int shape[] = {4};
  stream = mlx_default_cpu_stream_new();
  handle x = mlx_array_new_data(data, shape, 1, 10);
  handle y = mlx_array_new_data(data, shape, 1, 10);
  handle inputs[] = {x, y};
  handle compiled = {0}, compiledOne = {0};
  mlx_compile(&compiled, mlx_closure_new_func(body), false);
  mlx_compile(&compiledOne, mlx_closure_new_func(one), false);
  // as in the other two programs: once something was evaluated MLX has threads, and C's locks are real ones
  handle sum = {0};
  mlx_add(&sum, x, y, stream);
  mlx_array_eval(sum);
  char measure[64];
  while (scanf("%63s", measure) == 1) {
    double start = now();
    if (!strcmp(measure, "add")) add(x, y);
    else if (!strcmp(measure, "add-kept")) add_kept(x, y);
    else if (!strcmp(measure, "compiled")) call(compiled, inputs, 2);
    else if (!strcmp(measure, "compiled-one")) call(compiledOne, inputs, 1);
    else return 2;
    printf("%.1f\n", (now() - start) / N);
    fflush(stdout);
  }
  return 0;
}
