namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Starting values for parameters, written in place.</summary>
        public static partial class init
        {
            /// <summary>What follows the weights, for the recommended gain.</summary>
            public enum NonlinearityType { Linear, Conv1D, Conv2D, Conv3D, ConvTranspose1D, ConvTranspose2D, ConvTranspose3D, Sigmoid, Tanh, ReLU, LeakyReLU }

            /// <summary>Whether inputs or outputs are counted.</summary>
            public enum FanInOut { FanIn = 0, FanOut = 1 }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2) throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                var field = shape[2..].TotalSize();
                return (shape[1] * field, shape[0] * field);
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) => Still(tensor, t => t.uniform_(low, high, generator));
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) => Still(tensor, t => t.normal_(mean, std, generator));
            public static Tensor constant_(Tensor tensor, Scalar val) => Still(tensor, t => t.fill_(val));
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0) { var bound = Math.Sqrt(3) * Xavier(tensor, gain); return uniform_(tensor, -bound, bound); }
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, Xavier(tensor, gain));
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * Kaiming(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, Kaiming(tensor, a, mode, nonlinearity));

            public static Tensor eye_(Tensor tensor)
            {
                using var scope = NewDisposeScope();
                return Still(tensor, t => t.copy_(eye(t.size(0), t.size(1), t.dtype, t.device)));
            }

            /// <summary>A normal distribution cut off at a and b: uniform numbers through the inverse of its distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                var low = Cumulative((a - mean) / std);
                var high = Cumulative((b - mean) / std);
                return Still(tensor, t => t.uniform_(2 * low - 1, 2 * high - 1, generator).erfinv_().mul_(std * Math.Sqrt(2)).add_(mean).clamp_(a, b));

                static double Cumulative(double x)
                {
                    using var value = torch.tensor(x / Math.Sqrt(2)).erf_();
                    return (1 + value.item<double>()) / 2;
                }
            }

            /// <summary>The Q of a random matrix, its columns' signs fixed by R.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.ndim < 2) throw new ArgumentException("Only tensors with 2 or more dimensions are supported");
                using var still = no_grad();
                using var scope = NewDisposeScope();
                var rows = tensor.size(0);
                var columns = tensor.numel() / rows;
                var random = randn([rows, columns], tensor.dtype, tensor.device);
                var (q, r) = linalg.qr(rows < columns ? random.t() : random);
                var matrix = q.mul(r.diag().sign());
                tensor.copy_((rows < columns ? matrix.t() : matrix).mul(gain).reshape(tensor.shape));
                return tensor;
            }

            public static Tensor dirac_(Tensor tensor)
            {
                using var still = no_grad();
                tensor.fill_(0);
                var shape = tensor.shape;
                for (long d = 0; d < Math.Min(shape[0], shape[1]); d++)
                    tensor.index_put_(1, [TensorIndex.Single(d), TensorIndex.Single(d), .. shape[2..].Select(size => TensorIndex.Single(size / 2))]);
                return tensor;
            }

            /// <summary>PyTorch's usual start of linear and convolutional layers: uniform within 1 / √fan_in.</summary>
            internal static void ResetLikeTorch(Tensor weight, Tensor? bias)
            {
                kaiming_uniform_(weight, Math.Sqrt(5));
                var (fanIn, _) = CalculateFanInAndFanOut(weight);
                if (bias is not null && fanIn > 0) uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
            }

            private static double Xavier(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static double Kaiming(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Still(Tensor tensor, Func<Tensor, Tensor> fill)
            {
                using var still = no_grad();
                return fill(tensor);
            }
        }
    }
}
