// Finds operators by name and calls them boxed with tagged arguments.
#include "common.h"
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/Generator.h>
#include <ATen/core/List.h>
#include <torch/csrc/api/include/torch/version.h>
#include <cstring>
#include <vector>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
#include <optional>
template <typename T> using Optional = std::optional<T>;
#else
#include <c10/util/Optional.h>
template <typename T> using Optional = c10::optional<T>;
#endif

namespace {

enum class Want : uint8_t { Other, Tensor, Int, Float, Bool, Scalar, IntList, FloatList, BoolList, TensorList, OptionalTensorList, String, Device, Generator };

struct Operator {
    c10::OperatorHandle handle;
    std::string name;
    std::vector<Want> wants;
    std::vector<c10::IValue> defaults;
    std::vector<bool> has_default;
};

Want want_of(c10::TypePtr type)
{
    using K = c10::TypeKind;
    if (type->kind() == K::OptionalType) type = type->castRaw<c10::OptionalType>()->getElementType();
    switch (type->kind()) {
        case K::TensorType: return Want::Tensor;
        case K::IntType: case K::SymIntType: return Want::Int;
        case K::FloatType: return Want::Float;
        case K::BoolType: return Want::Bool;
        case K::NumberType: return Want::Scalar;
        case K::StringType: return Want::String;
        case K::DeviceObjType: return Want::Device;
        case K::GeneratorType: return Want::Generator;
        case K::ListType: {
            auto element = type->castRaw<c10::ListType>()->getElementType();
            switch (element->kind()) {
                case K::TensorType: return Want::TensorList;
                case K::OptionalType: return Want::OptionalTensorList;
                case K::FloatType: return Want::FloatList;
                case K::BoolType: return Want::BoolList;
                case K::IntType: case K::SymIntType: return Want::IntList;
                default: return Want::Other;
            }
        }
        default: return Want::Other;
    }
}

c10::IValue list_value(const Value& v, Want want)
{
    const auto n = static_cast<size_t>(v.length);
    switch (v.tag) {
        case TagIntList: {
            auto p = static_cast<const int64_t*>(v.p);
            if (want == Want::FloatList) { std::vector<double> d(p, p + n); return c10::IValue(std::move(d)); }
            return c10::IValue(std::vector<int64_t>(p, p + n));
        }
        case TagDoubleList: {
            auto p = static_cast<const double*>(v.p);
            return c10::IValue(std::vector<double>(p, p + n));
        }
        case TagBoolList: {
            auto p = static_cast<const uint8_t*>(v.p);
            c10::List<bool> list;
            for (size_t i = 0; i < n; i++) list.push_back(p[i] != 0);
            return c10::IValue(std::move(list));
        }
        default: {
            auto p = static_cast<void* const*>(v.p);
            if (want == Want::OptionalTensorList) {
                c10::List<Optional<at::Tensor>> list;
                list.reserve(n);
                for (size_t i = 0; i < n; i++)
                    list.push_back(p[i] ? Optional<at::Tensor>(borrow(p[i])) : Optional<at::Tensor>());
                return c10::IValue(std::move(list));
            }
            c10::List<at::Tensor> list;
            list.reserve(n);
            for (size_t i = 0; i < n; i++) list.push_back(borrow(p[i]));
            return c10::IValue(std::move(list));
        }
    }
}

c10::IValue to_ivalue(const Value& v, Want want)
{
    switch (v.tag) {
        case TagNone: return c10::IValue();
        case TagTensor: return c10::IValue(borrow(v.p));
        case TagInt:
            if (want == Want::Float) return c10::IValue(static_cast<double>(v.i));
            if (want == Want::Bool) return c10::IValue(v.i != 0);
            if (want == Want::IntList) return c10::IValue(std::vector<int64_t>{v.i});
            return c10::IValue(v.i);
        case TagDouble:
            if (want == Want::FloatList) return c10::IValue(std::vector<double>{v.d});
            return c10::IValue(v.d);
        case TagBool:
            if (want == Want::Int) return c10::IValue(static_cast<int64_t>(v.i != 0));
            return c10::IValue(v.i != 0);
        case TagString: return c10::IValue(std::string(static_cast<const char*>(v.p), static_cast<size_t>(v.length)));
        case TagDevice: return c10::IValue(c10::Device(static_cast<c10::DeviceType>(v.i), static_cast<c10::DeviceIndex>(v.length)));
        case TagGenerator: {
            auto impl = c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(v.p));
            return c10::IValue(at::Generator(std::move(impl)));
        }
        default: return list_value(v, want);
    }
}

Value from_ivalue(c10::IValue&& r)
{
    Value out{};
    if (r.isTensor()) { out.tag = TagTensor; out.p = release(std::move(r).toTensor()); }
    else if (r.isInt()) { out.tag = TagInt; out.i = r.toInt(); }
    else if (r.isDouble()) { out.tag = TagDouble; out.d = r.toDouble(); }
    else if (r.isBool()) { out.tag = TagBool; out.i = r.toBool(); }
    else if (r.isTensorList()) {
        auto list = std::move(r).toTensorVector();
        auto handles = static_cast<void**>(malloc(sizeof(void*) * (list.empty() ? 1 : list.size())));
        for (size_t i = 0; i < list.size(); i++) handles[i] = release(std::move(list[i]));
        out.tag = TagTensorList; out.p = handles; out.length = static_cast<int32_t>(list.size());
    }
    return out;
}

// One stack per thread, taken for the length of a call so that a nested call (a hook inside backward) gets its own.
thread_local torch::jit::Stack spare_stack;
struct BorrowedStack {
    torch::jit::Stack stack;
    BorrowedStack() { stack.swap(spare_stack); stack.clear(); }
    ~BorrowedStack() { stack.clear(); if (stack.capacity() <= 64) stack.swap(spare_stack); }
};

}

TSS_API void* tss_find(const char* name, const char* overload)
{
    Operator* op = nullptr;
    guarded([&] {
        auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        if (!handle.has_value()) {
            set_error((std::string("this libtorch has no operator ") + name + "." + overload).c_str());
            return;
        }
        auto found = new Operator{*handle, name, {}, {}, {}};
        for (const auto& argument : handle->schema().arguments()) {
            found->wants.push_back(want_of(argument.type()));
            const auto value = argument.default_value();
            found->has_default.push_back(value.has_value());
            found->defaults.push_back(value.has_value() ? *value : c10::IValue());
        }
        op = found;
    });
    return op;
}

// Calls the operator. The results that fit are written to `results` (tensors and lists of tensors with a reference
// for the caller), further ones are dropped; in-place operators pass 0 results. Returns their number or -1.
TSS_API int32_t tss_call(const Operator* op, const Value* args, int32_t count, Value* results, int32_t room)
{
    int32_t written = 0;
    const auto failed = guarded([&] {
        BorrowedStack borrowed;
        auto& stack = borrowed.stack;
        const auto n = static_cast<int32_t>(op->wants.size());
        TORCH_CHECK(count <= n, op->name, " takes at most ", n, " arguments in this libtorch but got ", count);
        for (int32_t i = 0; i < n; i++) {
            if (i < count && args[i].tag != TagDefault) stack.push_back(to_ivalue(args[i], op->wants[i]));
            else {
                TORCH_CHECK(op->has_default[i], op->name, " needs an argument at position ", i);
                stack.push_back(op->defaults[i]);
            }
        }
        op->handle.callBoxed(stack);
        for (auto& value : stack) {
            if (written >= room) break;
            results[written++] = from_ivalue(std::move(value));
        }
    });
    return failed ? -1 : written;
}

TSS_API void tss_free_array(void* array) { free(array); }
