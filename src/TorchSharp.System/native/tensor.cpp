// Tensors: life, facts and memory; the grad field; the error text.
#include "common.h"
#include <ATen/ops/from_blob.h>

std::atomic<int64_t> live_handles{0};
static thread_local std::string error_text;
void set_error(const char* text) { error_text = text; }

TSS_API const char* tss_error() { return error_text.c_str(); }
TSS_API int64_t tss_live() { return live_handles.load(std::memory_order_relaxed); }

TSS_API void tss_free(void* handle)
{
    if (!handle) return;
    live_handles.fetch_sub(1, std::memory_order_relaxed);
    TensorPtr::reclaim(static_cast<Handle>(handle));
}

TSS_API void* tss_retain(void* handle) { return release(borrow(handle)); }

TSS_API int32_t tss_info(void* handle, TensorInfo* info)
{
    return guarded([&] {
        const auto& tensor = borrow(handle);
        *info = TensorInfo{};
        info->ndim = tensor.dim();
        info->numel = tensor.numel();
        info->dtype = static_cast<int32_t>(tensor.scalar_type());
        info->device_type = static_cast<int32_t>(tensor.device().type());
        info->device_index = tensor.device().index();
        info->sizes = tensor.sizes().data();
        int32_t flags = 0;
        if (tensor.layout() == c10::kStrided) {
            flags |= FlagStrided;
            info->strides = tensor.strides().data();
            if (tensor.is_contiguous()) flags |= FlagContiguous;
            if (tensor.has_storage()) {
                info->storage_offset = tensor.storage_offset();
                info->storage_bytes = static_cast<int64_t>(tensor.storage().nbytes());
                if (tensor.device().type() != c10::DeviceType::Meta) info->data = const_cast<void*>(static_cast<const void*>(tensor.data_ptr()));
            }
        }
        if (tensor.requires_grad()) flags |= FlagRequiresGrad;
        if (tensor.is_leaf()) flags |= FlagLeaf;
        if (tensor.is_inference()) flags |= FlagInference;
        info->flags = flags;
    });
}

// The sizes alone, without an error path: the most asked question.
TSS_API const int64_t* tss_sizes(void* handle, int64_t* ndim)
{
    auto impl = static_cast<Handle>(handle);
    auto sizes = impl->sizes();
    *ndim = static_cast<int64_t>(sizes.size());
    return sizes.data();
}

TSS_API int32_t tss_dtype(void* handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(static_cast<Handle>(handle)->dtype())); }
TSS_API int64_t tss_numel(void* handle) { return static_cast<Handle>(handle)->numel(); }

TSS_API int32_t tss_from_blob(void* data, const int64_t* sizes, int32_t ndim, int32_t dtype, void (*deleter)(void*), void* context, void** result)
{
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)).device(c10::kCPU);
        c10::IntArrayRef shape(sizes, static_cast<size_t>(ndim));
        at::Tensor tensor = deleter
            ? at::from_blob(data, shape, [deleter, context](void*) { deleter(context); }, options)
            : at::from_blob(data, shape, options);
        *result = release(std::move(tensor));
    });
}

TSS_API int32_t tss_set_requires_grad(void* handle, int32_t value)
{
    return guarded([&] { borrow(handle).set_requires_grad(value != 0); });
}

TSS_API int32_t tss_retain_grad(void* handle) { return guarded([&] { borrow(handle).retain_grad(); }); }

TSS_API int32_t tss_grad(void* handle, void** result)
{
    return guarded([&] { *result = release(at::Tensor(borrow(handle).grad())); });
}

TSS_API int32_t tss_set_grad(void* handle, void* grad)
{
    return guarded([&] { borrow(handle).mutable_grad() = borrow(grad); });
}

// Makes `handle` an alias of what `source` holds (same storage, shape and type), as assigning `.data` does in PyTorch.
TSS_API int32_t tss_set_data(void* handle, void* source)
{
    return guarded([&] { borrow(handle).set_data(borrow(source)); });
}
