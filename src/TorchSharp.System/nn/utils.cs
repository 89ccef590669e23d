using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers for training.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their joint norm is at most max_norm; gives the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var still = no_grad();
                using var scope = NewDisposeScope();
                var gradients = tensors.Select(tensor => tensor.grad).Where(gradient => gradient is not null).Select(gradient => gradient!).ToArray();
                if (gradients.Length == 0) return 0;
                var norms = stack(gradients.Select(gradient => linalg.vector_norm(gradient, norm_type)));
                var total = (double.IsPositiveInfinity(norm_type) ? norms.max() : linalg.vector_norm(norms, norm_type)).ToDouble();
                var factor = Math.Min(1, max_norm / (total + 1e-6));
                if (factor < 1) foreach (var gradient in gradients) gradient.mul_(factor);
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var still = no_grad();
                foreach (var tensor in tensors)
                {
                    using var gradient = tensor.grad;
                    gradient?.clamp_(-clip_value, clip_value);
                }
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(tensor => tensor.reshape(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var still = no_grad();
                using var scope = NewDisposeScope();
                long at = 0;
                foreach (var tensor in tensors)
                {
                    var count = tensor.numel();
                    tensor.copy_(vec.narrow(0, at, count).view_as(tensor));
                    at += count;
                }
            }

            /// <summary>Weights and bias of a convolution that does the batch normalisation behind it as well.</summary>
            public static (Parameter weight, Parameter bias) fuse_conv_bn_weights(Tensor conv_w, Tensor? conv_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor? bn_w, Tensor? bn_b, bool transpose = false)
            {
                using var still = no_grad();
                using var scope = NewDisposeScope();
                var scale = bn_rv.add(bn_eps).rsqrt();
                if (bn_w is not null) scale = scale.mul(bn_w);
                var shape = new long[conv_w.ndim];
                Array.Fill(shape, 1);
                shape[transpose ? 1 : 0] = -1;
                var bias = (conv_b is null ? bn_rm.neg() : conv_b.sub(bn_rm)).mul(scale);
                if (bn_b is not null) bias = bias.add(bn_b);
                return scope.MoveToOuter(new Parameter(conv_w.mul(scale.reshape(shape)), conv_w.requires_grad), new Parameter(bias, conv_b?.requires_grad ?? conv_w.requires_grad));
            }
        }
    }
}
