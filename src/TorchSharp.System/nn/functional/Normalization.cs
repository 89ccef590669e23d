using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Normalisation and dropout.
        public static partial class functional
        {
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                Aten.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, backends.CudnnEnabled);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) => Aten.layer_norm.Call(input, normalized_shape, weight, bias, eps);
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) => Aten.group_norm.Call(input, num_groups, weight, bias, eps);

            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5) =>
                Aten.instance_norm.Call(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, backends.CudnnEnabled);

            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1.0)
            {
                if (input.ndim < 3) throw new ArgumentException($"Expected 3D or higher dimensionality input (got {input.ndim} dimensions)");
                using var scope = NewDisposeScope();
                var shape = input.shape;
                var squares = input.square().reshape(shape[0], 1, shape[1], -1);
                var means = avg_pool2d(pad(squares, [0, 0, size / 2, (size - 1) / 2]), [size, 1], [1, 1]);
                return input.div(means.reshape(shape).mul(alpha).add(k).pow(beta)).MoveToOuterDisposeScope();
            }

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                return input.div(linalg.vector_norm(input, p, [dim], true).clamp_min(eps)).MoveToOuterDisposeScope();
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace ? Aten.dropout_.Self(input, p, training) : Aten.dropout.Call(input, p, training);
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => dropout2d(input, p, training, inplace);
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace ? Aten.feature_dropout_.Self(input, p, training) : Aten.feature_dropout.Call(input, p, training);
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => dropout2d(input, p, training, inplace);
            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) => inplace ? Aten.alpha_dropout_.Self(input, p, training) : Aten.alpha_dropout.Call(input, p, training);
            public static Tensor feature_alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) => inplace ? Aten.feature_alpha_dropout_.Self(input, p, training) : Aten.feature_alpha_dropout.Call(input, p, training);
        }
    }
}
