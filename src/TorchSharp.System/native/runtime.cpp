// Autograd, modes, random numbers, threads, devices, version.
#include "common.h"
#include <ATen/Context.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/api/include/torch/version.h>
#include <cstdlib>
#include <thread>

static torch::autograd::variable_list list_of(void* const* handles, int32_t count)
{
    torch::autograd::variable_list list;
    list.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) list.push_back(borrow(handles[i]));
    return list;
}

TSS_API int32_t tss_backward(void* const* tensors, int32_t count, void* const* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph, void* const* inputs, int32_t input_count)
{
    return guarded([&] {
        torch::autograd::backward(list_of(tensors, count), list_of(grads, grad_count), retain_graph != 0, create_graph != 0, list_of(inputs, input_count));
    });
}

TSS_API int32_t tss_autograd_grad(void* const* outputs, int32_t count, void* const* inputs, int32_t input_count, void* const* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results)
{
    return guarded([&] {
        auto found = torch::autograd::grad(list_of(outputs, count), list_of(inputs, input_count), list_of(grads, grad_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) results[i] = release(std::move(found[i]));
    });
}

TSS_API int32_t tss_grad_enabled() { return c10::GradMode::is_enabled(); }
TSS_API void tss_set_grad_enabled(int32_t value) { c10::GradMode::set_enabled(value != 0); }
TSS_API int32_t tss_inference_enabled() { return c10::InferenceMode::is_enabled(); }
TSS_API void* tss_inference_enter(int32_t value) { return new c10::InferenceMode(value != 0); }
TSS_API void tss_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

static c10::Device device_of(int32_t type, int32_t index)
{
    return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

static at::Generator generator_of(void* handle)
{
    return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(handle)));
}

static bool present(c10::DeviceType type) { return c10::impl::hasDeviceGuardImpl(type); }

TSS_API int32_t tss_manual_seed(uint64_t seed) { return guarded([&] { at::manual_seed(seed); }); }

TSS_API int32_t tss_default_generator(int32_t type, int32_t index, void** result)
{
    return guarded([&] {
        auto generator = at::globalContext().defaultGenerator(device_of(type, index));
        *result = generator.unsafeReleaseGeneratorImpl();
    });
}

TSS_API int32_t tss_new_generator(uint64_t seed, int32_t type, int32_t index, void** result)
{
    return guarded([&] {
        auto generator = static_cast<c10::DeviceType>(type) == c10::DeviceType::CPU
            ? at::detail::createCPUGenerator(seed)
            : at::globalContext().defaultGenerator(device_of(type, index)).clone();
        generator.set_current_seed(seed);
        *result = generator.unsafeReleaseGeneratorImpl();
    });
}

TSS_API void tss_free_generator(void* handle)
{
    if (handle) c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(handle));
}

TSS_API int32_t tss_generator_seed(void* handle, uint64_t seed)
{
    return guarded([&] {
        auto generator = generator_of(handle);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed);
    });
}

TSS_API uint64_t tss_generator_initial_seed(void* handle) { return generator_of(handle).current_seed(); }

TSS_API int32_t tss_generator_state(void* handle, void** result)
{
    return guarded([&] {
        auto generator = generator_of(handle);
        std::lock_guard<std::mutex> lock(generator.mutex());
        *result = release(generator.get_state());
    });
}

TSS_API int32_t tss_generator_set_state(void* handle, void* state)
{
    return guarded([&] {
        auto generator = generator_of(handle);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(borrow(state));
    });
}

// Some builds of libtorch choose their thread count with a probe of the processor that fails on virtual machines, and then compute on one core for
// ever. Unless the environment asks for a number, every processor counts there, as on other machines. Runs once, when this library is loaded.
static const bool s_threads_chosen = [] {
    const auto processors = static_cast<int32_t>(std::thread::hardware_concurrency());
    const bool asked = std::getenv("OMP_NUM_THREADS") != nullptr || std::getenv("MKL_NUM_THREADS") != nullptr;
    if (!asked && processors > 1 && at::get_num_threads() == 1) at::set_num_threads(processors);
    return true;
}();

TSS_API int32_t tss_threads() { return at::get_num_threads(); }
TSS_API int32_t tss_set_threads(int32_t n) { return guarded([&] { at::set_num_threads(n); }); }
TSS_API int32_t tss_interop_threads() { return at::get_num_interop_threads(); }
TSS_API int32_t tss_set_interop_threads(int32_t n) { return guarded([&] { at::set_num_interop_threads(n); }); }

TSS_API int32_t tss_device_count(int32_t type)
{
    const auto kind = static_cast<c10::DeviceType>(type);
    int32_t count = 0;
    guarded([&] { if (present(kind)) count = c10::impl::getDeviceGuardImpl(kind)->deviceCount(); });
    return count;
}

TSS_API int32_t tss_synchronize(int32_t type, int32_t index)
{
    return guarded([&] {
        const auto kind = static_cast<c10::DeviceType>(type);
        TORCH_CHECK(present(kind), "this libtorch has no ", kind, " backend");
        auto impl = c10::impl::getDeviceGuardImpl(kind);
        auto device = index < 0 ? impl->getDevice() : device_of(type, index);
        impl->getStream(device).synchronize();
    });
}

enum Setting : int32_t { CudnnAvailable, MkldnnAvailable, MatmulTf32, CudnnTf32, CudnnBenchmark, Deterministic, CudnnDeterministic };

TSS_API int32_t tss_setting(int32_t which)
{
    int32_t value = 0;
    guarded([&] {
        auto& context = at::globalContext();
        switch (which) {
            case CudnnAvailable: value = present(c10::DeviceType::CUDA) && at::Context::hasCuDNN(); break;
            case MkldnnAvailable: value = at::Context::hasMKLDNN(); break;
            case MatmulTf32: value = context.allowTF32CuBLAS(); break;
            case CudnnTf32: value = context.allowTF32CuDNN(); break;
            case CudnnBenchmark: value = context.benchmarkCuDNN(); break;
            case Deterministic: value = context.deterministicAlgorithms(); break;
            case CudnnDeterministic: value = context.deterministicCuDNN(); break;
        }
    });
    return value;
}

TSS_API int32_t tss_set_setting(int32_t which, int32_t value)
{
    return guarded([&] {
        auto& context = at::globalContext();
        switch (which) {
            case MatmulTf32: context.setAllowTF32CuBLAS(value != 0); break;
            case CudnnTf32: context.setAllowTF32CuDNN(value != 0); break;
            case CudnnBenchmark: context.setBenchmarkCuDNN(value != 0); break;
            case Deterministic: context.setDeterministicAlgorithms(value != 0, false); break;
            case CudnnDeterministic: context.setDeterministicCuDNN(value != 0); break;
        }
    });
}

TSS_API const char* tss_version() { return TORCH_VERSION; }
