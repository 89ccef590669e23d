// Functions whose gradient C# computes: a node of the graph that calls back, and tensors saved for it.
#include "common.h"
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>

using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

// Takes over the gradients (null: none) and gives one result with a reference per input (null: none). Returns the text of an error, from malloc, or null.
using Backward = char* (*)(void* context, void** gradients, int32_t count, void** results, int32_t room);
// Frees what was saved for the gradient, and at the end the context itself.
using Release = void (*)(void* context, int32_t is_last);

TSS_API void tss_free(void* tensor);

namespace {

struct ManagedNode : torch::autograd::Node {
    Backward backward;
    Release release_context;
    void* context;
    size_t inputs;

    ManagedNode(Backward backward, Release release_context, void* context, size_t inputs)
        : backward(backward), release_context(release_context), context(context), inputs(inputs) {}
    ~ManagedNode() override { release_context(context, 1); }

    void release_variables() override { release_context(context, 0); }

    std::string name() const override { return "ManagedFunctionBackward"; }

    variable_list apply(variable_list&& given) override
    {
        std::vector<void*> gradients, results(inputs, nullptr);
        for (auto& gradient : given) gradients.push_back(release(std::move(gradient)));
        if (char* text = backward(context, gradients.data(), static_cast<int32_t>(gradients.size()), results.data(), static_cast<int32_t>(inputs))) {
            std::string message(text);
            free(text);
            throw std::runtime_error(message);
        }
        variable_list output;
        for (auto handle : results) {
            output.push_back(borrow(handle));
            if (handle) tss_free(handle);
        }
        return output;
    }
};

}

// Makes `output` the result of a function of the inputs. It has no history of its own yet.
TSS_API int32_t tss_function(void* const* inputs, int32_t count, void* output, Backward backward, Release release_context, void* context)
{
    return guarded([&] {
        auto node = std::shared_ptr<ManagedNode>(new ManagedNode(backward, release_context, context, static_cast<size_t>(count)), torch::autograd::deleteNode);
        variable_list list;
        for (int32_t i = 0; i < count; i++) list.push_back(borrow(inputs[i]));
        node->set_next_edges(torch::autograd::collect_next_edges(list));
        auto result = borrow(output);
        torch::autograd::set_history(result, node);
    });
}

TSS_API int32_t tss_save(void* tensor, void** result)
{
    return guarded([&] { *result = new SavedVariable(borrow(tensor), false); });
}

TSS_API int32_t tss_saved(void* saved, void** result)
{
    return guarded([&] { *result = release(static_cast<SavedVariable*>(saved)->unpack()); });
}

TSS_API void tss_free_saved(void* saved) { delete static_cast<SavedVariable*>(saved); }
