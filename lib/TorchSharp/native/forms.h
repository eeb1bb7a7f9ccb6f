// Calls without boxing, for the signatures that small and frequent operators have.
#pragma once
#include "boundary.h"

#include <ATen/core/dispatch/Dispatcher.h>

namespace {

using at::Tensor;

// The commonest signatures, which need no boxing; what else there is goes through the stack.
enum class Form { Boxed, Unary, Binary, BinaryScaled, WithNumber, InPlaceBinary, InPlaceBinaryScaled, InPlaceNumber };

inline bool is_kind(const c10::Argument& argument, c10::TypeKind kind) { return argument.type()->kind() == kind; }

// Typed access checks the signature that the operator was registered with, and throws where it is another one.
template <typename Signature>
bool has_signature(const c10::OperatorHandle& handle) {
    try {
        handle.typed<Signature>();
        return true;
    } catch (const c10::Error&) {
        return false;
    }
}

using UnaryOf = Tensor(const Tensor&);
using BinaryOf = Tensor(const Tensor&, const Tensor&);
using BinaryScaledOf = Tensor(const Tensor&, const Tensor&, const at::Scalar&);
using WithNumberOf = Tensor(const Tensor&, const at::Scalar&);
using InPlaceBinaryOf = Tensor&(Tensor&, const Tensor&);
using InPlaceBinaryScaledOf = Tensor&(Tensor&, const Tensor&, const at::Scalar&);
using InPlaceNumberOf = Tensor&(Tensor&, const at::Scalar&);

inline Form form_of(const c10::OperatorHandle& handle) {
    using c10::TypeKind;
    const auto& schema = handle.schema();
    const auto& arguments = schema.arguments();
    if (schema.returns().size() != 1 || !is_kind(schema.returns()[0], TypeKind::TensorType) || arguments.empty() ||
        !is_kind(arguments[0], TypeKind::TensorType)) return Form::Boxed;
    auto in_place = arguments[0].alias_info() != nullptr && arguments[0].alias_info()->isWrite();
    auto second_tensor = arguments.size() > 1 && is_kind(arguments[1], TypeKind::TensorType);
    auto second_number = arguments.size() > 1 && is_kind(arguments[1], TypeKind::NumberType);
    auto third_number = arguments.size() > 2 && is_kind(arguments[2], TypeKind::NumberType) && arguments[2].default_value().has_value();
    if (arguments.size() == 1 && !in_place && has_signature<UnaryOf>(handle)) return Form::Unary;
    if (arguments.size() == 2 && second_tensor) {
        if (!in_place && has_signature<BinaryOf>(handle)) return Form::Binary;
        if (in_place && has_signature<InPlaceBinaryOf>(handle)) return Form::InPlaceBinary;
    }
    if (arguments.size() == 2 && second_number) {
        if (!in_place && has_signature<WithNumberOf>(handle)) return Form::WithNumber;
        if (in_place && has_signature<InPlaceNumberOf>(handle)) return Form::InPlaceNumber;
    }
    if (arguments.size() == 3 && second_tensor && third_number) {
        if (!in_place && has_signature<BinaryScaledOf>(handle)) return Form::BinaryScaled;
        if (in_place && has_signature<InPlaceBinaryScaledOf>(handle)) return Form::InPlaceBinaryScaled;
    }
    return Form::Boxed;
}

// The caller's own reference, seen as a tensor for the time of a call.
class Lent {
   public:
    explicit Lent(const tc_value& value) : tensor_(TensorPointer::reclaim(impl(value.p))) {}
    ~Lent() { tensor_.unsafeReleaseTensorImpl(); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    operator Tensor&() { return tensor_; }

   private:
    Tensor tensor_;
};

inline bool is_tensor(const tc_value& value) { return value.tag == TC_TENSOR && value.p != nullptr; }

inline bool is_number(const tc_value& value) { return value.tag == TC_INT || value.tag == TC_DOUBLE; }

inline at::Scalar number_of(const tc_value& value) { return value.tag == TC_INT ? at::Scalar(value.i) : at::Scalar(value.d); }

// Calls without boxing where form and arguments allow it; false: not called.
inline bool call_directly(const c10::OperatorHandle& handle, Form form, const c10::IValue* defaults, const tc_value* arguments, int count, tc_value* results, int* produced) {
    if (form == Form::Boxed || count == 0 || !is_tensor(arguments[0])) return false;
    Tensor result;
    switch (form) {
        case Form::Unary: {
            if (count != 1) return false;
            Lent self(arguments[0]);
            result = handle.typed<UnaryOf>().call(self);
            break;
        }
        case Form::Binary: {
            if (count != 2 || !is_tensor(arguments[1])) return false;
            Lent self(arguments[0]), other(arguments[1]);
            result = handle.typed<BinaryOf>().call(self, other);
            break;
        }
        case Form::WithNumber: {
            if (count != 2 || !is_number(arguments[1])) return false;
            Lent self(arguments[0]);
            result = handle.typed<WithNumberOf>().call(self, number_of(arguments[1]));
            break;
        }
        case Form::InPlaceBinary: {
            if (results != nullptr || count != 2 || !is_tensor(arguments[1])) return false;
            Lent self(arguments[0]), other(arguments[1]);
            handle.typed<InPlaceBinaryOf>().call(self, other);
            break;
        }
        case Form::InPlaceNumber: {
            if (results != nullptr || count != 2 || !is_number(arguments[1])) return false;
            Lent self(arguments[0]);
            handle.typed<InPlaceNumberOf>().call(self, number_of(arguments[1]));
            break;
        }
        case Form::BinaryScaled:
        case Form::InPlaceBinaryScaled: {
            if (count < 2 || count > 3 || !is_tensor(arguments[1]) || (count == 3 && !is_number(arguments[2]))) return false;
            auto scale = count == 3 ? number_of(arguments[2]) : defaults[2].toScalar();
            Lent self(arguments[0]), other(arguments[1]);
            if (form == Form::BinaryScaled) {
                result = handle.typed<BinaryScaledOf>().call(self, other, scale);
            } else {
                if (results != nullptr) return false;
                handle.typed<InPlaceBinaryScaledOf>().call(self, other, scale);
            }
            break;
        }
        default:
            return false;
    }
    *produced = 0;
    if (results == nullptr) return true;
    *produced = 1;
    results[0].tag = TC_TENSOR;
    results[0].length = 0;
    results[0].p = release(std::move(result));
    return true;
}

}  // namespace
