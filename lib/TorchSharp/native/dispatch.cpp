#include "boundary.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DefaultDtype.h>
#include <torch/version.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

using at::Tensor;
using c10::IValue;

namespace {

c10::Device device_of(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(packed >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(packed)));
}

int64_t pack(c10::Device device) {
    return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

enum class Kind { Other, Double };

struct Operator {
    c10::OperatorHandle handle;
    std::vector<IValue> defaults;  // of the trailing arguments; None where the schema has none
    std::vector<bool> has_default;
    std::vector<Kind> kinds;       // of the arguments, where a number needs converting
};

Kind kind_of(const c10::TypePtr& type) {
    auto bare = type;
    if (auto optional = type->cast<c10::OptionalType>()) bare = optional->getElementType();
    if (bare->kind() == c10::TypeKind::FloatType) return Kind::Double;
    return Kind::Other;
}

IValue to_ivalue(const tc_value& value, Kind kind) {
    switch (value.tag) {
        case TC_NONE:
            return IValue();
        case TC_TENSOR:
            return value.p == nullptr ? IValue() : IValue(borrow(value.p));
        case TC_INT:
            return kind == Kind::Double ? IValue(static_cast<double>(value.i)) : IValue(value.i);
        case TC_DOUBLE:
            return IValue(value.d);
        case TC_BOOL:
            return IValue(value.i != 0);
        case TC_INT_LIST: {
            auto items = static_cast<const int64_t*>(value.p);
            return IValue(std::vector<int64_t>(items, items + value.length));
        }
        case TC_DOUBLE_LIST: {
            auto items = static_cast<const double*>(value.p);
            return IValue(std::vector<double>(items, items + value.length));
        }
        case TC_BOOL_LIST: {
            auto items = static_cast<const uint8_t*>(value.p);
            c10::List<bool> list;
            for (int i = 0; i < value.length; i++) list.push_back(items[i] != 0);
            return IValue(std::move(list));
        }
        case TC_TENSOR_LIST: {
            auto items = static_cast<const tc_tensor*>(value.p);
            c10::List<Tensor> list;
            list.reserve(value.length);
            for (int i = 0; i < value.length; i++) list.push_back(borrow(items[i]));
            return IValue(std::move(list));
        }
        case TC_OPTIONAL_TENSOR_LIST: {
            auto items = static_cast<const tc_tensor*>(value.p);
            c10::List<c10::optional<Tensor>> list;
            list.reserve(value.length);
            for (int i = 0; i < value.length; i++)
                list.push_back(items[i] == nullptr ? c10::optional<Tensor>() : c10::optional<Tensor>(borrow(items[i])));
            return IValue(std::move(list));
        }
        case TC_STRING:
            return IValue(std::string(static_cast<const char*>(value.p), value.length));
        case TC_DEVICE:
            return IValue(device_of(value.i));
        case TC_GENERATOR:
            return value.p == nullptr ? IValue() : IValue(*static_cast<at::Generator*>(value.p));
        case TC_COMPLEX: {
            auto parts = static_cast<const double*>(value.p);
            return IValue(c10::complex<double>(parts[0], parts[1]));
        }
        default:
            TORCH_CHECK(false, "argument has the unknown tag ", value.tag);
    }
}

void to_value(IValue&& result, tc_value& value) {
    value.length = 0;
    value.p = nullptr;
    if (result.isTensor()) {
        value.tag = TC_TENSOR;
        value.p = release(std::move(result).toTensor());
    } else if (result.isBool()) {
        value.tag = TC_BOOL;
        value.i = result.toBool();
    } else if (result.isInt()) {
        value.tag = TC_INT;
        value.i = result.toInt();
    } else if (result.isDouble()) {
        value.tag = TC_DOUBLE;
        value.d = result.toDouble();
    } else if (result.isTensorList()) {
        auto tensors = std::move(result).toTensorVector();
        auto handles = std::make_unique<tc_tensor[]>(tensors.size());
        for (size_t i = 0; i < tensors.size(); i++) handles[i] = release(std::move(tensors[i]));
        value.tag = TC_TENSOR_LIST;
        value.length = static_cast<int32_t>(tensors.size());
        value.p = handles.release();
    } else if (result.isNone()) {
        value.tag = TC_NONE;
    } else {
        TORCH_CHECK(false, "an operator returned a ", result.tagKind(), ", which the boundary does not carry");
    }
}

// The thread's stack of arguments and results, kept from call to call for its memory. An operator that calls back into
// managed code may get here again; the inner call then works on a stack of its own.
thread_local torch::jit::Stack spare_stack;

struct StackLease {
    torch::jit::Stack stack = std::move(spare_stack);
    ~StackLease() {
        stack.clear();
        spare_stack = std::move(stack);
    }
};

int copy_text(const std::string& text, char* buffer, int capacity) {
    if (buffer != nullptr && capacity > 0) {
        auto length = std::min<size_t>(text.size(), capacity - 1);
        std::memcpy(buffer, text.data(), length);
        buffer[length] = '\0';
    }
    return static_cast<int>(text.size());
}

}  // namespace

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

int tc_find(const char* name, const char* overload, tc_operator* result) {
    return guarded([&] {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(found.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, *overload ? "." : "", overload);
        auto op = std::make_unique<Operator>(Operator{*found, {}, {}, {}});
        for (const auto& argument : op->handle.schema().arguments()) {
            op->has_default.push_back(argument.default_value().has_value());
            op->defaults.push_back(argument.default_value().value_or(IValue()));
            op->kinds.push_back(kind_of(argument.type()));
        }
        *result = op.release();
    });
}

int tc_schema(tc_operator handle, char* text, int capacity) {
    std::ostringstream stream;
    stream << static_cast<Operator*>(handle)->handle.schema();
    return copy_text(stream.str(), text, capacity);
}

int tc_call(tc_operator handle, const tc_value* arguments, int count, tc_value* results, int capacity, int* produced) {
    return guarded([&] {
        auto& op = *static_cast<Operator*>(handle);
        auto wanted = static_cast<int>(op.defaults.size());
        TORCH_CHECK(count <= wanted, op.handle.schema().name(), " takes ", wanted, " arguments, but was given ", count);

        StackLease lease;
        auto& stack = lease.stack;
        stack.reserve(wanted);
        for (int i = 0; i < count; i++) {
            if (arguments[i].tag == TC_DEFAULT)
                stack.push_back(op.defaults[i]);
            else
                stack.push_back(to_ivalue(arguments[i], op.kinds[i]));
        }
        for (int i = count; i < wanted; i++) {
            TORCH_CHECK(op.has_default[i], op.handle.schema().name(), " needs the argument ", op.handle.schema().arguments()[i].name());
            stack.push_back(op.defaults[i]);
        }

        op.handle.callBoxed(&stack);

        *produced = 0;
        if (results == nullptr) return;
        TORCH_CHECK(static_cast<int>(stack.size()) <= capacity, op.handle.schema().name(), " returned ", stack.size(), " values");
        *produced = static_cast<int>(stack.size());
        for (size_t i = 0; i < stack.size(); i++) to_value(std::move(stack[i]), results[i]);
    });
}

void tc_free_list(void* list) { delete[] static_cast<tc_tensor*>(list); }

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

int tc_cuda_device_count() { return at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0; }

int tc_cuda_synchronize(int index) {
    return guarded([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index)); });
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
