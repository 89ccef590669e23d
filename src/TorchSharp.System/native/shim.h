// The C face of libtorch that TorchSharp.System calls. Everything goes through the dispatcher by operator name,
// so that the same few functions serve every libtorch from 1.13 on.
#pragma once
#include <cstdint>

#define TSS_API extern "C" __attribute__((visibility("default")))

// A value on its way in or out: 16 bytes, the same layout as NativeArg in C#.
enum Tag : int32_t {
    TagNone = 0, TagTensor = 1, TagInt = 2, TagDouble = 3, TagBool = 4, TagIntList = 5, TagDoubleList = 6,
    TagBoolList = 7, TagTensorList = 8, TagString = 9, TagDevice = 10, TagGenerator = 11, TagDefault = 12
};

struct Value {
    union { int64_t i; double d; void* p; };
    int32_t tag;
    int32_t length;  // elements of a list or string; device index of a device
};

struct TensorInfo {
    void* data;
    const int64_t* sizes;
    const int64_t* strides;
    int64_t ndim;
    int64_t numel;
    int64_t storage_offset;
    int64_t storage_bytes;
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t flags;
};

enum Flags : int32_t { FlagContiguous = 1, FlagRequiresGrad = 2, FlagLeaf = 4, FlagStrided = 8, FlagGradFn = 16, FlagInference = 32 };
