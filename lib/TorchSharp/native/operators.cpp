#include "boundary.h"
#include "forms.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/version.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

using at::Tensor;
using c10::IValue;

namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
using OptionalTensor = std::optional<Tensor>;
#else
using OptionalTensor = c10::optional<Tensor>;
#endif

enum class Kind { Other, Double };

struct Operator {
    c10::OperatorHandle handle;
    std::vector<IValue> defaults;  // of the trailing arguments; None where the schema has none
    std::vector<bool> has_default;
    std::vector<Kind> kinds;       // of the arguments, where a number needs converting
    Form form;
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
            c10::List<OptionalTensor> list;
            list.reserve(value.length);
            for (int i = 0; i < value.length; i++)
                list.push_back(items[i] == nullptr ? OptionalTensor() : OptionalTensor(borrow(items[i])));
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

}  // namespace

extern "C" {

int tc_find(const char* name, const char* overload, tc_operator* result) {
    return guarded([&] {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(found.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, *overload ? "." : "", overload);
        auto op = std::make_unique<Operator>(Operator{*found, {}, {}, {}, form_of(*found)});
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
        if (call_directly(op.handle, op.form, op.defaults.data(), arguments, count, results, produced)) return;
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
}
