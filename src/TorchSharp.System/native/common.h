// Shared by the shim's sources: handles, the error text and the guard around every call.
#pragma once
#include "shim.h"
#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>
#include <atomic>
#include <string>

using Handle = c10::TensorImpl*;

extern std::atomic<int64_t> live_handles;
void set_error(const char* text);

// A handle is the TensorImpl itself with one reference held by C#; null stands for an undefined tensor.
inline Handle release(at::Tensor&& tensor)
{
    if (!tensor.defined()) return nullptr;
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return tensor.unsafeReleaseTensorImpl();
}

using TensorPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

inline at::Tensor borrow(void* handle)
{
    return handle ? at::Tensor(TensorPtr::reclaim_copy(static_cast<Handle>(handle))) : at::Tensor();
}

template <typename F> auto guarded(F&& body) -> int32_t
{
    try { body(); return 0; }
    catch (const c10::Error& e) { set_error(e.what_without_backtrace()); }
    catch (const std::exception& e) { set_error(e.what()); }
    catch (...) { set_error("unknown native error"); }
    return 1;
}
