using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x · Wᵀ + b.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias = null) : base(nameof(Linear))
        {
            (out_features, in_features) = (weight.size(0), weight.size(1));
            this.weight = weight;
            if (bias is not null) this.bias = bias;
        }

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);
            weight = new Parameter(empty(outputSize, inputSize, dtype, device));
            if (hasBias) bias = new Parameter(empty(outputSize, dtype, device));
            nn.init.ResetLikeTorch(weight, bias);
        }

        public long in_features { get; set; }
        public long out_features { get; set; }

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

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight!, _bias);
    }

    /// <summary>x₁ᵀ · W · x₂ + b.</summary>
    public sealed class Bilinear : nn.Module<Tensor, Tensor, Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;

        internal Bilinear(long in1_features, long in2_features, long out_features, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Bilinear))
        {
            var bound = 1 / Math.Sqrt(in1_features);
            weight = new Parameter(empty(out_features, in1_features, in2_features, dtype, device).uniform_(-bound, bound));
            if (hasBias) bias = new Parameter(empty(out_features, dtype, device).uniform_(-bound, bound));
        }

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

        public override Tensor forward(Tensor input1, Tensor input2) => nn.functional.bilinear(input1, input2, _weight!, _bias);
    }

    /// <summary>max(0, x) + a · min(0, x) with a learned.</summary>
    public sealed class PReLU : nn.Module<Tensor, Tensor>
    {
        private Parameter? _weight;

        internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
        {
            this.num_parameters = num_parameters;
            weight = new Parameter(full(num_parameters, init, dtype ?? get_default_dtype(), device));
        }

        public long num_parameters { get; }

        public Parameter weight
        {
            get => _weight!;
            set => Keep(nameof(weight), ref _weight, value);
        }

        public override Tensor forward(Tensor tensor) => tensor.prelu(_weight!);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, device, dtype);
            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
            public static Bilinear Bilinear(long in1_features, long in2_features, long out_features, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(in1_features, in2_features, out_features, hasBias, device, dtype);
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) => new(num_parameters, init, device, dtype);
        }
    }
}
