using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU(bool inplace) : base(nameof(ReLU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.relu(input, inplace);
    }

    /// <summary>min(max(x, 0), 6).</summary>
    public sealed class ReLU6 : nn.Module<Tensor, Tensor>
    {
        internal ReLU6(bool inplace) : base(nameof(ReLU6)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.relu6(input, inplace);
    }

    /// <summary>Scaled exponential linear unit.</summary>
    public sealed class SELU : nn.Module<Tensor, Tensor>
    {
        internal SELU(bool inplace) : base(nameof(SELU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.selu(input, inplace);
    }

    /// <summary>Exponential linear unit.</summary>
    public sealed class ELU : nn.Module<Tensor, Tensor>
    {
        internal ELU(double alpha, bool inplace) : base(nameof(ELU)) => (this.alpha, this.inplace) = (alpha, inplace);

        public double alpha { get; set; }
        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.elu(input, alpha, inplace);
    }

    /// <summary>Continuously differentiable exponential linear unit.</summary>
    public sealed class CELU : nn.Module<Tensor, Tensor>
    {
        internal CELU(double alpha, bool inplace) : base(nameof(CELU)) => (this.alpha, this.inplace) = (alpha, inplace);

        public double alpha { get; set; }
        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.celu(input, alpha, inplace);
    }

    /// <summary>max(x, slope · x).</summary>
    public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
    {
        internal LeakyReLU(double negative_slope, bool inplace) : base(nameof(LeakyReLU)) => (this.negative_slope, this.inplace) = (negative_slope, inplace);

        public double negative_slope { get; set; }
        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.leaky_relu(input, negative_slope, inplace);
    }

    /// <summary>Leaky ReLU with a random slope.</summary>
    public sealed class RReLU : nn.Module<Tensor, Tensor>
    {
        internal RReLU(double lower, double upper, bool inplace) : base(nameof(RReLU)) => (this.lower, this.upper, this.inplace) = (lower, upper, inplace);

        public double lower { get; set; }
        public double upper { get; set; }
        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => training ? nn.functional.rrelu(input, lower, upper, inplace) : nn.functional.leaky_relu(input, (lower + upper) / 2, inplace);
    }

    /// <summary>Sigmoid by straight lines.</summary>
    public sealed class Hardsigmoid : nn.Module<Tensor, Tensor>
    {
        internal Hardsigmoid(bool inplace) : base(nameof(Hardsigmoid)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.hardsigmoid(input, inplace);
    }

    /// <summary>x · hardsigmoid(x).</summary>
    public sealed class Hardswish : nn.Module<Tensor, Tensor>
    {
        internal Hardswish(bool inplace) : base(nameof(Hardswish)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.hardswish(input, inplace);
    }

    /// <summary>0 near 0, else x.</summary>
    public sealed class Hardshrink : nn.Module<Tensor, Tensor>
    {
        internal Hardshrink(double lambda) : base(nameof(Hardshrink)) => this.lambda = lambda;

        public double lambda { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.hardshrink(input, lambda);
    }

    /// <summary>x moved towards 0.</summary>
    public sealed class Softshrink : nn.Module<Tensor, Tensor>
    {
        internal Softshrink(double lambda) : base(nameof(Softshrink)) => this.lambda = lambda;

        public double lambda { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.softshrink(input, lambda);
    }

    /// <summary>log(1 + exp(βx)) / β.</summary>
    public sealed class Softplus : nn.Module<Tensor, Tensor>
    {
        internal Softplus(double beta, double threshold) : base(nameof(Softplus)) => (this.beta, this.threshold) = (beta, threshold);

        public double beta { get; set; }
        public double threshold { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.softplus(input, beta, threshold);
    }

    /// <summary>Exponentials over their sum.</summary>
    public sealed class Softmax : nn.Module<Tensor, Tensor>
    {
        internal Softmax(long dim) : base(nameof(Softmax)) => this.dim = dim;

        public long dim { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.softmax(input, dim);
    }

    /// <summary>Softmax of −x.</summary>
    public sealed class Softmin : nn.Module<Tensor, Tensor>
    {
        internal Softmin(long dim) : base(nameof(Softmin)) => this.dim = dim;

        public long dim { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.softmin(input, dim);
    }

    /// <summary>Logarithm of the softmax.</summary>
    public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
    {
        internal LogSoftmax(long dim) : base(nameof(LogSoftmax)) => this.dim = dim;

        public long dim { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.log_softmax(input, dim);
    }

    /// <summary>Logarithm of the sigmoid.</summary>
    public sealed class LogSigmoid : nn.Module<Tensor, Tensor>
    {
        internal LogSigmoid() : base(nameof(LogSigmoid)) { }

        public override Tensor forward(Tensor input) => nn.functional.logsigmoid(input);
    }

    /// <summary>One half times the sigmoid of the other.</summary>
    public sealed class GLU : nn.Module<Tensor, Tensor>
    {
        internal GLU(long dim) : base(nameof(GLU)) => this.dim = dim;

        public long dim { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.glu(input, dim);
    }

    /// <summary>x above the threshold, else a value.</summary>
    public sealed class Threshold : nn.Module<Tensor, Tensor>
    {
        internal Threshold(double threshold, double value, bool inplace) : base(nameof(Threshold)) => (this.threshold, this.value, this.inplace) = (threshold, value, inplace);

        public double threshold { get; set; }
        public double value { get; set; }
        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.threshold(input, threshold, value, inplace);
    }

    /// <summary>1 / (1 + exp(−x)).</summary>
    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid(bool inplace) : base(nameof(Sigmoid)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.sigmoid(input, inplace);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh(bool inplace) : base(nameof(Tanh)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.tanh(input, inplace);
    }

    /// <summary>x · sigmoid(x).</summary>
    public sealed class SiLU : nn.Module<Tensor, Tensor>
    {
        internal SiLU(bool inplace) : base(nameof(SiLU)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.silu(input, inplace);
    }

    /// <summary>x · tanh(softplus(x)).</summary>
    public sealed class Mish : nn.Module<Tensor, Tensor>
    {
        internal Mish(bool inplace) : base(nameof(Mish)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.mish(input, inplace);
    }

    /// <summary>x / (1 + |x|).</summary>
    public sealed class Softsign : nn.Module<Tensor, Tensor>
    {
        internal Softsign(bool inplace) : base(nameof(Softsign)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.softsign(input, inplace);
    }

    /// <summary>x − tanh(x).</summary>
    public sealed class Tanhshrink : nn.Module<Tensor, Tensor>
    {
        internal Tanhshrink(bool inplace) : base(nameof(Tanhshrink)) => this.inplace = inplace;

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.tanhshrink(input, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);
            public static ReLU6 ReLU6(bool inplace = false) => new(inplace);
            public static SELU SELU(bool inplace = false) => new(inplace);
            public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);
            public static CELU CELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);
            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);
            public static RReLU RReLU(double lower = 1.0 / 8, double upper = 1.0 / 3, bool inplace = false) => new(lower, upper, inplace);
            public static Hardsigmoid Hardsigmoid(bool inplace = false) => new(inplace);
            public static Hardswish Hardswish(bool inplace = false) => new(inplace);
            public static Hardshrink Hardshrink(double lambda = 0.5) => new(lambda);
            public static Softshrink Softshrink(double lambda = 0.5) => new(lambda);
            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);
            public static Softmax Softmax(long dim) => new(dim);
            public static Softmin Softmin(long dim) => new(dim);
            public static LogSoftmax LogSoftmax(long dim) => new(dim);
            public static LogSigmoid LogSigmoid() => new();
            public static GLU GLU(long dim = -1) => new(dim);
            public static Threshold Threshold(double threshold, double value, bool inplace = false) => new(threshold, value, inplace);
            public static Sigmoid Sigmoid() => new(false);
            public static Sigmoid Sigmoid(bool inplace) => new(inplace);
            public static Tanh Tanh(bool inplace = false) => new(inplace);
            public static SiLU SiLU() => new(false);
            public static SiLU SiLU(bool inplace) => new(inplace);
            public static Mish Mish() => new(false);
            public static Mish Mish(bool inplace) => new(inplace);
            public static Softsign Softsign() => new(false);
            public static Softsign Softsign(bool inplace) => new(inplace);
            public static Tanhshrink Tanhshrink(bool inplace = false) => new(inplace);
        }
    }
}
