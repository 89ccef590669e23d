using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            _handle = Make(seed, this.device);
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        /// <summary>The one that is used where none is given.</summary>
        public static unsafe Generator Default
        {
            get
            {
                nint handle;
                Native.Check(Native.tss_default_generator((int)DeviceType.CPU, -1, &handle));
                return new Generator(handle, CPU);
            }
        }

        public Device device { get; }

        public IntPtr Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public unsafe Tensor get_state()
        {
            nint state;
            Native.Check(Native.tss_generator_state(Handle, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.tss_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.tss_generator_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        public long seed()
        {
            var seed = Random.Shared.NextInt64();
            manual_seed(seed);
            return seed;
        }

        public long initial_seed() => (long)Native.tss_generator_initial_seed(Handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0) Native.tss_free_generator(handle);
        }

        private static unsafe nint Make(ulong seed, Device device)
        {
            nint handle;
            Native.Check(Native.tss_new_generator(seed, (int)device.type, device.type == DeviceType.CPU ? -1 : Math.Max(0, device.index), &handle));
            return handle;
        }
    }

    public static long seed() => random.seed();
    public static Generator manual_seed(long seed) => random.manual_seed(seed);
    public static long initial_seed() => random.initial_seed();
    public static Tensor get_rng_state() => random.get_rng_state();
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generator.</summary>
    public static partial class random
    {
        public static long seed()
        {
            var seed = Random.Shared.NextInt64();
            manual_seed(seed).Dispose();
            return seed;
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.tss_manual_seed((ulong)seed));
            return Generator.Default;
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
