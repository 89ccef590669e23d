using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Pooling.
        public static partial class functional
        {
            public static Tensor max_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Aten.max_pool1d.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool1d_with_indices(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Aten.max_pool1d_with_indices.Call2(input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true) =>
                Aten.avg_pool1d.Call(input, kernel_size, stride ?? kernel_size, padding ?? 0, ceil_mode, count_include_pad);

            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) => Aten.adaptive_avg_pool1d.Call(input, output_size);
            public static Tensor adaptive_max_pool1d(Tensor input, long output_size) => adaptive_max_pool1d_with_indices(input, output_size).Values;
            public static (Tensor Values, Tensor Indices) adaptive_max_pool1d_with_indices(Tensor input, long output_size) => Aten.adaptive_max_pool1d.Call2(input, output_size);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Aten.max_pool2d.Call(input, Spread(kernel_size, 2, 1), Spread(strides ?? kernel_size, 2, 1), Spread(padding, 2, 0), Spread(dilation, 2, 1), ceil_mode);

            public static (Tensor output, Tensor indices) max_pool2d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Aten.max_pool2d_with_indices.Call2(input, Spread(kernel_size, 2, 1), Spread(strides ?? kernel_size, 2, 1), Spread(padding, 2, 0), Spread(dilation, 2, 1), ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Aten.avg_pool2d.Call(input, Spread(kernel_size, 2, 1), Spread(stride ?? kernel_size, 2, 1), Spread(padding, 2, 0), ceil_mode, count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Aten.adaptive_avg_pool2d.Call(input, Spread(output_size, 2, 1));
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => Aten.adaptive_avg_pool2d.Call(input, (long[])[output_size.Item1, output_size.Item2]);
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => Aten.adaptive_avg_pool2d.Call(input, (long[])[output_size, output_size]);
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size) => adaptive_max_pool2d_with_indices(input, output_size).Values;
            public static (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size) => Aten.adaptive_max_pool2d.Call2(input, Spread(output_size, 2, 1));

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size, kernel_size], stride.HasValue ? [stride.Value, stride.Value] : null, padding.HasValue ? [padding.Value, padding.Value] : null, dilation.HasValue ? [dilation.Value, dilation.Value] : null, ceil_mode);

            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Pair(kernel_size), stride.HasValue ? [stride.Value.Item1, stride.Value.Item2] : null, padding.HasValue ? [padding.Value.Item1, padding.Value.Item2] : null, dilation.HasValue ? [dilation.Value.Item1, dilation.Value.Item2] : null, ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, [kernel_size, kernel_size], stride.HasValue ? [stride.Value, stride.Value] : null, [padding, padding], ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Pair(kernel_size), stride.HasValue ? [stride.Value.Item1, stride.Value.Item2] : null, padding.HasValue ? [padding.Value.Item1, padding.Value.Item2] : null, ceil_mode, count_include_pad, divisor_override);

            public static Tensor max_pool3d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Aten.max_pool3d.Call(input, Spread(kernel_size, 3, 1), Spread(strides ?? kernel_size, 3, 1), Spread(padding, 3, 0), Spread(dilation, 3, 1), ceil_mode);

            public static (Tensor output, Tensor indices) max_pool3d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Aten.max_pool3d_with_indices.Call2(input, Spread(kernel_size, 3, 1), Spread(strides ?? kernel_size, 3, 1), Spread(padding, 3, 0), Spread(dilation, 3, 1), ceil_mode);

            public static Tensor avg_pool3d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Aten.avg_pool3d.Call(input, Spread(kernel_size, 3, 1), Spread(stride ?? kernel_size, 3, 1), Spread(padding, 3, 0), ceil_mode, count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool3d(Tensor input, long[] output_size) => Aten.adaptive_avg_pool3d.Call(input, Spread(output_size, 3, 1));
            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size) => Aten.adaptive_avg_pool3d.Call(input, (long[])[output_size.Item1, output_size.Item2, output_size.Item3]);
            public static Tensor adaptive_avg_pool3d(Tensor input, long output_size) => Aten.adaptive_avg_pool3d.Call(input, (long[])[output_size, output_size, output_size]);
            public static Tensor adaptive_max_pool3d(Tensor input, long[] output_size) => adaptive_max_pool3d_with_indices(input, output_size).Values;
            public static (Tensor Values, Tensor Indices) adaptive_max_pool3d_with_indices(Tensor input, long[] output_size) => Aten.adaptive_max_pool3d.Call2(input, Spread(output_size, 3, 1));

            public static Tensor max_unpool2d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null)
            {
                var sizes = input.shape;
                var kernel = Spread(kernel_size, 2, 1);
                var step = Spread(stride ?? kernel, 2, 1);
                var border = Spread(padding, 2, 0);
                output_size ??= [(sizes[^2] - 1) * step[0] - 2 * border[0] + kernel[0], (sizes[^1] - 1) * step[1] - 2 * border[1] + kernel[1]];
                return Aten.max_unpool2d.Call(input, indices, output_size[^2..]);
            }

            public static Tensor lp_pool1d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false)
            {
                using var scope = NewDisposeScope();
                return avg_pool1d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode).mul(kernel_size).pow(1.0 / norm_type).MoveToOuterDisposeScope();
            }

            public static Tensor lp_pool2d(Tensor input, double norm_type, long[] kernel_size, long[]? stride = null, bool ceil_mode = false)
            {
                using var scope = NewDisposeScope();
                return avg_pool2d(input.pow(norm_type), kernel_size, stride, null, ceil_mode).mul(Spread(kernel_size, 2, 1).TotalSize()).pow(1.0 / norm_type).MoveToOuterDisposeScope();
            }
        }
    }
}
