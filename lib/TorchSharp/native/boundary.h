// What the C++ files of the boundary share.
#pragma once
#include "dispatch.h"

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <string>
#include <utility>
#include <vector>

// The text of the calling thread's last failure.
std::string& last_error();

// Runs an action and turns whatever it throws into a status and a text: nothing may cross the C ABI.
template <typename Action>
int guarded(Action&& action) {
    try {
        action();
        return 0;
    } catch (const c10::Error& error) {
        last_error() = error.what_without_backtrace();
    } catch (const std::exception& error) {
        last_error() = error.what();
    } catch (...) {
        last_error() = "an unknown C++ exception";
    }
    return 1;
}

using TensorPointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

inline c10::TensorImpl* impl(tc_tensor handle) { return static_cast<c10::TensorImpl*>(handle); }

// A second owner of the caller's tensor.
inline at::Tensor borrow(tc_tensor handle) {
    return handle == nullptr ? at::Tensor() : at::Tensor(TensorPointer::reclaim_copy(impl(handle)));
}

inline tc_tensor release(at::Tensor&& tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

inline std::vector<at::Tensor> borrow_all(const tc_tensor* handles, int count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

inline c10::Device device_of(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(packed >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(packed)));
}

inline int64_t pack(c10::Device device) {
    return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

// As snprintf does: as much as fits, and the length of all.
inline int copy_text(const std::string& text, char* buffer, int capacity) {
    if (buffer != nullptr && capacity > 0) {
        auto length = std::min<size_t>(text.size(), capacity - 1);
        std::memcpy(buffer, text.data(), length);
        buffer[length] = '\0';
    }
    return static_cast<int>(text.size());
}
