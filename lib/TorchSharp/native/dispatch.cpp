#include "boundary.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/DefaultDtype.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <mutex>
#include <stdexcept>
#include <string>

using at::Tensor;

std::string& last_error() {
    static thread_local std::string text;
    return text;
}

extern "C" {

const char* tc_last_error() { return last_error().c_str(); }

const char* tc_version() { return TORCH_VERSION; }

int tc_throw(int kind) {
    return guarded([&] {
        if (kind == 0) throw std::out_of_range("an index was out of range");
        TORCH_CHECK(kind != 1, "a check failed");
        throw kind;
    });
}

void tc_release(tc_tensor t) {
    guarded([&] { TensorPointer::reclaim(impl(t)); });
}

tc_tensor tc_retain(tc_tensor t) { return release(borrow(t)); }

int tc_sizes(tc_tensor t, const int64_t** sizes) {
    auto view = impl(t)->sizes();
    *sizes = view.data();
    return static_cast<int>(view.size());
}

int tc_strides(tc_tensor t, const int64_t** strides) {
    auto view = impl(t)->strides();
    *strides = view.data();
    return static_cast<int>(view.size());
}

int64_t tc_numel(tc_tensor t) { return impl(t)->numel(); }

int64_t tc_bytes(tc_tensor t) {
    auto tensor = impl(t);
    return tensor->layout() == c10::kStrided && tensor->has_storage() ? tensor->numel() * static_cast<int64_t>(tensor->itemsize()) : 0;
}

int tc_dtype(tc_tensor t) { return static_cast<int>(c10::typeMetaToScalarType(impl(t)->dtype())); }

int64_t tc_device(tc_tensor t) { return pack(impl(t)->device()); }

int tc_is_contiguous(tc_tensor t) { return impl(t)->is_contiguous(); }

int tc_is_sparse(tc_tensor t) { return impl(t)->is_sparse(); }

int tc_data(tc_tensor t, void** data) {
    return guarded([&] { *data = borrow(t).data_ptr(); });
}

int64_t tc_version_counter(tc_tensor t) {
    return impl(t)->is_inference() ? -1 : static_cast<int64_t>(impl(t)->version_counter().current_version());
}

void tc_bump_version(tc_tensor t) {
    if (!impl(t)->is_inference()) impl(t)->bump_version();
}

int tc_from_blob(void* data, const int64_t* sizes, int dimensions, int dtype, void (*deleter)(void*), void* context, tc_tensor* result) {
    return guarded([&] {
        *result = release(at::from_blob(
            data, at::IntArrayRef(sizes, dimensions), [deleter, context](void*) { deleter(context); },
            at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype))));
    });
}

int tc_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); });
}

int tc_new_generator(int64_t device, uint64_t seed, tc_generator* result) {
    return guarded([&] {
        auto where = device_of(device);
        auto generator = where.is_cpu() ? at::make_generator<at::CPUGeneratorImpl>() : at::globalContext().defaultGenerator(where).clone();
        generator.set_current_seed(seed);
        *result = new at::Generator(std::move(generator));
    });
}

int tc_default_generator(int64_t device, tc_generator* result) {
    return guarded([&] { *result = new at::Generator(at::globalContext().defaultGenerator(device_of(device))); });
}

int tc_generator_seed(tc_generator g, uint64_t seed) {
    return guarded([&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed);
    });
}

uint64_t tc_generator_initial_seed(tc_generator g) { return static_cast<at::Generator*>(g)->current_seed(); }

int tc_generator_state(tc_generator g, tc_tensor* state) {
    return guarded([&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        *state = release(generator.get_state());
    });
}

int tc_generator_set_state(tc_generator g, tc_tensor state) {
    return guarded([&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(borrow(state));
    });
}

void tc_release_generator(tc_generator g) { delete static_cast<at::Generator*>(g); }

int tc_default_dtype() { return static_cast<int>(c10::get_default_dtype_as_scalartype()); }

int tc_set_default_dtype(int dtype) {
    return guarded([&] { c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(dtype))); });
}

int tc_threads() { return at::get_num_threads(); }

void tc_set_threads(int count) { at::set_num_threads(count); }

int tc_show_config(char* text, int capacity) {
    std::string config;
    guarded([&] { config = at::show_config() + at::get_parallel_info(); });
    return copy_text(config, text, capacity);
}

int tc_cuda_device_count() {
    int count = 0;
    guarded([&] { count = static_cast<int>(torch::cuda::device_count()); });
    return count;
}

int tc_cuda_synchronize(int index) {
    return guarded([&] { torch::cuda::synchronize(index); });
}

int tc_allow_tf32(int which, int set, int value) {
    auto& context = at::globalContext();
    if (set >= 0) {
        if (which == 0) context.setAllowTF32CuBLAS(value != 0);
        else context.setAllowTF32CuDNN(value != 0);
    }
    return which == 0 ? context.allowTF32CuBLAS() : context.allowTF32CuDNN();
}
}
