using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Activation functions.
    public partial class Tensor
    {
        public Tensor leaky_relu(Scalar negative_slope) => Aten.leaky_relu.Call(this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Aten.leaky_relu_.Self(this, negative_slope);
        public Tensor elu(double alpha = 1) => elu(alpha, 1.0, 1.0);
        public Tensor elu_(double alpha = 1) => elu_(alpha, 1.0, 1.0);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Aten.elu.Call(this, alpha, scale, input_scale);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Aten.elu_.Self(this, alpha, scale, input_scale);
        public Tensor celu() => celu(1.0);
        public Tensor celu_() => celu_(1.0);
        public Tensor celu(Scalar alpha) => Aten.celu.Call(this, alpha);
        public Tensor celu_(Scalar alpha) => Aten.celu_.Self(this, alpha);
        public Tensor gelu() => Aten.gelu.Call(this);
        public Tensor gelu(Modules.GELU.Approximate approximate) => Aten.gelu.Call(this, approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none");
        public Tensor gelu_() => Aten.gelu_.Self(this);
        public Tensor gelu_(Modules.GELU.Approximate approximate) => Aten.gelu_.Self(this, approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none");
        public Tensor glu(long dim = -1) => Aten.glu.Call(this, dim);
        public Tensor hardtanh_(Scalar min, Scalar max) => Aten.hardtanh_.Self(this, min, max);
        public Tensor threshold(Scalar threshold, Scalar value) => Aten.threshold.Call(this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) => Aten.threshold_.Self(this, threshold, value);
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.softplus.Call(this, beta, threshold);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.softmax_int.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.log_softmax_int.Call(this, dim, dtype);
        public Tensor prelu(Tensor target) => Aten.prelu.Call(this, target);
        public Tensor channel_shuffle(long groups) => Aten.channel_shuffle.Call(this, groups);
    }
}
