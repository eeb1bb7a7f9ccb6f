#include "boundary.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <memory>
#include <stdexcept>

using at::Tensor;

namespace {

// The graph's side of a function whose derivative the caller computes.
class CallerFunction final : public torch::autograd::Node {
   public:
    CallerFunction(tc_backward_function backward, void (*release)(void*), void* context)
        : backward_(backward), release_(release), context_(context) {}

    ~CallerFunction() override { release_(context_); }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        std::vector<tc_tensor> handles;
        for (const auto& gradient : gradients) handles.push_back(gradient.defined() ? gradient.unsafeGetTensorImpl() : nullptr);
        std::vector<tc_tensor> results(num_outputs(), nullptr);
        const char* error = "";
        auto status = backward_(context_, handles.data(), static_cast<int>(handles.size()), results.data(), static_cast<int>(results.size()), &error);
        torch::autograd::variable_list found;
        for (auto result : results)
            found.push_back(result == nullptr ? Tensor() : Tensor(TensorPointer::reclaim(impl(result))));
        if (status != 0) throw std::runtime_error(error);
        return found;
    }

    std::string name() const override { return "CallerFunction"; }

   private:
    tc_backward_function backward_;
    void (*release_)(void*);
    void* context_;
};

}  // namespace

extern "C" {

int tc_requires_grad(tc_tensor t) { return borrow(t).requires_grad(); }

int tc_set_requires_grad(tc_tensor t, int value) {
    return guarded([&] { borrow(t).set_requires_grad(value != 0); });
}

int tc_is_leaf(tc_tensor t) { return borrow(t).is_leaf(); }

int tc_retain_grad(tc_tensor t) {
    return guarded([&] { borrow(t).retain_grad(); });
}

int tc_grad(tc_tensor t, tc_tensor* grad) {
    return guarded([&] { *grad = release(Tensor(borrow(t).grad())); });
}

int tc_set_grad(tc_tensor t, tc_tensor grad) {
    return guarded([&] { borrow(t).mutable_grad() = borrow(grad); });
}

int tc_backward(const tc_tensor* roots, int count, const tc_tensor* gradients, int retain_graph, int create_graph,
                const tc_tensor* inputs, int input_count) {
    return guarded([&] {
        auto seeds = gradients == nullptr ? std::vector<Tensor>() : borrow_all(gradients, count);
        torch::autograd::backward(borrow_all(roots, count), seeds, retain_graph != 0, create_graph != 0, borrow_all(inputs, input_count));
    });
}

int tc_autograd_grad(const tc_tensor* outputs, int count, const tc_tensor* inputs, int input_count, const tc_tensor* gradients,
                     int retain_graph, int create_graph, int allow_unused, tc_tensor* results) {
    return guarded([&] {
        auto seeds = gradients == nullptr ? std::vector<Tensor>() : borrow_all(gradients, count);
        auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count), seeds, retain_graph != 0,
                                           create_graph != 0, allow_unused != 0);
        for (int i = 0; i < input_count; i++) results[i] = release(std::move(found[i]));
    });
}

int tc_attach_function(const tc_tensor* inputs, int input_count, const tc_tensor* outputs, const uint8_t* differentiable, int output_count,
                       tc_backward_function backward, void (*release_context)(void*), void* context, tc_tensor* results) {
    return guarded([&] {
        // From here on the node owns the context, whatever happens.
        auto node = std::shared_ptr<CallerFunction>(new CallerFunction(backward, release_context, context), torch::autograd::deleteNode);
        node->set_next_edges(torch::autograd::collect_next_edges(borrow_all(inputs, input_count)));
        std::vector<Tensor> joined;
        for (int i = 0; i < output_count; i++) {
            // Detaching makes an input that was handed through, or a view of one, a tensor of its own.
            Tensor output = borrow(outputs[i]).detach();
            if (differentiable[i] != 0) {
                torch::autograd::create_gradient_edge(output, node);
            } else {
                node->add_input_metadata(torch::autograd::Node::undefined_input());
            }
            joined.push_back(std::move(output));
        }
        for (int i = 0; i < output_count; i++) results[i] = release(std::move(joined[i]));
    });
}

int tc_grad_enabled() { return at::GradMode::is_enabled(); }

void tc_set_grad_enabled(int value) { at::GradMode::set_enabled(value != 0); }

void* tc_inference_mode_enter(int enabled) { return new c10::InferenceMode(enabled != 0); }

void tc_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

int tc_inference_mode_enabled() { return c10::InferenceMode::is_enabled(); }

void tc_set_anomaly(int enabled, int check_nan) { torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0); }

int tc_anomaly() {
    using torch::autograd::AnomalyMode;
    return (AnomalyMode::is_enabled() ? 1 : 0) | (AnomalyMode::should_check_nan() ? 2 : 0);
}
}
