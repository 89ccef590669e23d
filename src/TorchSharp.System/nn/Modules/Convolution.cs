using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What the convolutions share: parameters, geometry, and borders that convolution itself cannot make.</summary>
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;
        private readonly long[] _border;

        private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(name)
        {
            if (in_channels % groups != 0 || out_channels % groups != 0) throw new ArgumentException($"in_channels ({in_channels}) and out_channels ({out_channels}) must be divisible by groups ({groups})");
            (this.in_channels, this.out_channels, this.kernel_size, this.stride, this.padding, this.padding_type) = (in_channels, out_channels, kernel_size, stride, padding, padding_type);
            (this.dilation, this.transposed, this.output_padding, this.groups, this.padding_mode) = (dilation, transposed, output_padding, groups, padding_mode);
            _border = Border();
            weight = new Parameter(empty([transposed ? in_channels : out_channels, (transposed ? out_channels : in_channels) / groups, .. kernel_size], dtype, device));
            if (bias) this.bias = new Parameter(empty(out_channels, dtype, device));
            reset_parameters();
        }

        public long in_channels { get; }
        public long out_channels { get; }
        public long[] kernel_size { get; set; }
        public long[] stride { get; set; }
        public long[]? padding { get; }
        public Padding? padding_type { get; }
        public long[] dilation { get; set; }
        public bool transposed { get; }
        public long[] output_padding { get; set; }
        public long groups { get; set; }
        public PaddingModes padding_mode { get; set; }

        public Parameter? bias
        {
            get => _bias;
            set => Keep(nameof(bias), ref _bias, value);
        }

        public Parameter weight
        {
            get => _weight!;
            set => Keep(nameof(weight), ref _weight, value);
        }

        public void reset_parameters() => nn.init.ResetLikeTorch(weight, bias);

        /// <summary>Runs <paramref name="convolve"/> on the input, or on the input with a border that is not zeros.</summary>
        private protected Tensor Bordered(Tensor input, Func<Tensor, bool, Tensor> convolve)
        {
            if (padding_mode == PaddingModes.Zeros) return convolve(input, true);
            using var padded = nn.functional.pad(input, _border, padding_mode);
            return convolve(padded, false);
        }

        // The last dimension comes first in a padding list.
        private long[] Border()
        {
            var border = new long[2 * kernel_size.Length];
            for (var i = 0; i < kernel_size.Length; i++)
            {
                var total = padding_type == Padding.Same ? dilation[i] * (kernel_size[i] - 1) : 2 * (padding?[i] ?? 0);
                var at = 2 * (kernel_size.Length - 1 - i);
                border[at] = total / 2;
                border[at + 1] = total - total / 2;
            }

            return border;
        }
    }

    /// <summary>Convolution over sequences.</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false, [0], groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input) => padding_type.HasValue ? Bordered(input, SameOrValid) : Bordered(input, Explicit);

        private Tensor Explicit(Tensor x, bool pads) => nn.functional.conv1d(x, weight, bias, stride[0], pads ? padding![0] : 0, dilation[0], groups);

        private Tensor SameOrValid(Tensor x, bool pads) => nn.functional.conv1d_padding(x, weight, bias, stride[0], pads ? padding_type!.Value : Padding.Valid, dilation[0], groups);
    }

    /// <summary>Convolution over images.</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false, [0, 0], groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input) => padding_type.HasValue ? Bordered(input, SameOrValid) : Bordered(input, Explicit);

        private Tensor Explicit(Tensor x, bool pads) => nn.functional.conv2d(x, weight, bias, stride, pads ? padding : null, dilation, groups);

        private Tensor SameOrValid(Tensor x, bool pads) => nn.functional.conv2d_padding(x, weight, bias, stride, pads ? padding_type!.Value : Padding.Valid, dilation, groups);
    }

    /// <summary>Convolution over volumes.</summary>
    public sealed class Conv3d : Convolution
    {
        internal Conv3d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv3d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false, [0, 0, 0], groups, bias, padding_mode, device, dtype)
        {
        }

        public override Tensor forward(Tensor input) => padding_type.HasValue ? Bordered(input, SameOrValid) : Bordered(input, Explicit);

        private Tensor Explicit(Tensor x, bool pads) => nn.functional.conv3d(x, weight, bias, stride, pads ? padding : null, dilation, groups);

        private Tensor SameOrValid(Tensor x, bool pads) => nn.functional.conv3d_padding(x, weight, bias, stride, pads ? padding_type!.Value : Padding.Valid, dilation, groups);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation], groups, bias, padding_mode, device, dtype);

            public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size], [stride], null, padding, [dilation], groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null, [dilation, dilation], groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], null, padding, [dilation, dilation], groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, List(kernel_size)!, List(stride ?? (1, 1))!, List(padding ?? (0, 0)), null, List(dilation ?? (1, 1))!, groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, List(kernel_size)!, List(stride ?? (1, 1))!, null, padding, List(dilation ?? (1, 1))!, groups, bias, padding_mode, device, dtype);

            public static Conv3d Conv3d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size, kernel_size], [stride, stride, stride], [padding, padding, padding], null, [dilation, dilation, dilation], groups, bias, padding_mode, device, dtype);

            public static Conv3d Conv3d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size, kernel_size], [stride, stride, stride], null, padding, [dilation, dilation, dilation], groups, bias, padding_mode, device, dtype);

            public static Conv3d Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long)? stride = null, (long, long, long)? padding = null, (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, List(kernel_size)!, List(stride ?? (1, 1, 1))!, List(padding ?? (0, 0, 0)), null, List(dilation ?? (1, 1, 1))!, groups, bias, padding_mode, device, dtype);

            public static Conv3d Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, Padding padding, (long, long, long)? stride = null, (long, long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, List(kernel_size)!, List(stride ?? (1, 1, 1))!, null, padding, List(dilation ?? (1, 1, 1))!, groups, bias, padding_mode, device, dtype);
        }
    }
}
