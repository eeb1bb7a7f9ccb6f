// The whole native boundary of the provider: one C ABI over libtorch.
//
// Every operator goes through tc_call, by schema name, boxed, autograd included. The other functions reach what the
// dispatcher does not: handles and metadata, backward, modes, generators, threads. A function that can fail returns
// 0 for success; otherwise tc_last_error() has libtorch's words, without the C++ backtrace, for the calling thread.
#pragma once
#include <cstdint>

#pragma GCC visibility push(default)
extern "C" {

enum tc_tag : int32_t {
    TC_DEFAULT = 0,  // take the schema's default
    TC_NONE = 1,
    TC_TENSOR = 2,  // p: handle, null = None
    TC_INT = 3,
    TC_DOUBLE = 4,
    TC_BOOL = 5,
    TC_INT_LIST = 6,
    TC_DOUBLE_LIST = 7,
    TC_BOOL_LIST = 8,             // p: bytes
    TC_TENSOR_LIST = 9,           // p: handles
    TC_OPTIONAL_TENSOR_LIST = 10, // p: handles, null = None
    TC_STRING = 11,               // p: UTF-8, length bytes
    TC_DEVICE = 12,               // i: type << 32 | index (as uint32, -1 = unspecified)
    TC_GENERATOR = 13,
    TC_COMPLEX = 14,  // p: two doubles
};

struct tc_value {
    int32_t tag;
    int32_t length;
    union {
        int64_t i;
        double d;
        void* p;
    };
};

typedef void* tc_tensor;  // an owned reference to a c10::TensorImpl
typedef void* tc_operator;
typedef void* tc_generator;

const char* tc_last_error();
const char* tc_version();
int tc_throw(int kind);  // fails on purpose, for tests: 0 std::out_of_range, 1 c10::Error, else something that is no exception

// Operators. tc_call fills missing trailing arguments from the schema; results that are tensors are owned by the caller;
// a list result's array is freed by tc_free_list (its tensors belong to the caller). results: null drops what the operator returns.
int tc_find(const char* name, const char* overload, tc_operator* op);
int tc_schema(tc_operator op, char* text, int capacity);
int tc_call(tc_operator op, const tc_value* arguments, int count, tc_value* results, int capacity, int* produced);
void tc_free_list(void* list);

// Handles and metadata.
void tc_release(tc_tensor t);
tc_tensor tc_retain(tc_tensor t);
int tc_sizes(tc_tensor t, const int64_t** sizes);    // returns the number of dimensions
int tc_strides(tc_tensor t, const int64_t** strides);
int64_t tc_numel(tc_tensor t);
int64_t tc_bytes(tc_tensor t);  // elements times their size; 0 where that is not what it takes
int tc_dtype(tc_tensor t);
int64_t tc_device(tc_tensor t);
int tc_is_contiguous(tc_tensor t);
int tc_is_sparse(tc_tensor t);
int tc_data(tc_tensor t, void** data);
int64_t tc_version_counter(tc_tensor t);
void tc_bump_version(tc_tensor t);
int tc_from_blob(void* data, const int64_t* sizes, int dimensions, int dtype, void (*deleter)(void*), void* context, tc_tensor* result);

// Autograd.
int tc_requires_grad(tc_tensor t);
int tc_set_requires_grad(tc_tensor t, int value);
int tc_is_leaf(tc_tensor t);
int tc_retain_grad(tc_tensor t);
int tc_grad(tc_tensor t, tc_tensor* grad);
int tc_set_grad(tc_tensor t, tc_tensor grad);
int tc_backward(const tc_tensor* roots, int count, const tc_tensor* gradients, int retain_graph, int create_graph,
                const tc_tensor* inputs, int input_count);
int tc_autograd_grad(const tc_tensor* outputs, int count, const tc_tensor* inputs, int input_count, const tc_tensor* gradients,
                     int retain_graph, int create_graph, int allow_unused, tc_tensor* results);

// A differentiable function of the caller's own. backward gets one gradient per output (null where there is none), borrowed, and gives one
// per input, owned by the library from then on; it returns 0, or 1 and a text that stays valid until the thread's next call. release is
// called once, when the graph lets go of the context. The results are the outputs, joined to the graph.
typedef int (*tc_backward_function)(void* context, const tc_tensor* gradients, int count, tc_tensor* results, int result_count, const char** error);
int tc_attach_function(const tc_tensor* inputs, int input_count, const tc_tensor* outputs, const uint8_t* differentiable, int output_count,
                       tc_backward_function backward, void (*release)(void*), void* context, tc_tensor* results);

int tc_grad_enabled();
void tc_set_grad_enabled(int value);
void* tc_inference_mode_enter(int enabled);
void tc_inference_mode_leave(void* guard);
int tc_inference_mode_enabled();
void tc_set_anomaly(int enabled, int check_nan);
int tc_anomaly();  // bit 0: enabled, bit 1: looks for not-a-number

// Random generators.
int tc_manual_seed(uint64_t seed);
int tc_new_generator(int64_t device, uint64_t seed, tc_generator* result);
int tc_default_generator(int64_t device, tc_generator* result);
int tc_generator_seed(tc_generator g, uint64_t seed);
uint64_t tc_generator_initial_seed(tc_generator g);
int tc_generator_state(tc_generator g, tc_tensor* state);
int tc_generator_set_state(tc_generator g, tc_tensor state);
void tc_release_generator(tc_generator g);

// The machine.
int tc_default_dtype();
int tc_set_default_dtype(int dtype);
int tc_threads();
void tc_set_threads(int count);
int tc_show_config(char* text, int capacity);
int tc_cuda_device_count();
int tc_cuda_synchronize(int index);
int tc_allow_tf32(int which, int set, int value);  // which: 0 cuBLAS, 1 cuDNN; set < 0 reads

// The caching CPU allocator (allocator.cpp). It counts blocks of 64 KiB and more.
void tc_install_allocator();
void tc_trim_allocator(int64_t idle_milliseconds);
void tc_allocator_statistics(int64_t* cached_bytes, int64_t* live_bytes);
}
#pragma GCC visibility pop
