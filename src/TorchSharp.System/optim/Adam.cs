using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam: steps by running means of gradients and their squares.</summary>
    public class Adam : OptimizerHelper, IBetas
    {
        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            foreach (var group in parameters)
            {
                group.Options.LearningRate ??= lr;
                group.Options.beta1 ??= beta1;
                group.Options.beta2 ??= beta2;
                group.Options.eps ??= eps;
                group.Options.weight_decay ??= weight_decay;
                group.Options.amsgrad ??= amsgrad;
                group.Options.maximize ??= maximize;
                add_param_group(group);
            }
        }

        public (double, double) Betas { get => ((IBetas)ParamGroups.First()).Betas; set { foreach (var group in ParamGroups) ((IBetas)group).Betas = value; } }

        public override Tensor step(Func<Tensor>? closure = null) => Update<Options>(closure, Apply)!;

        private static void Apply(Parameter parameter, Tensor gradient, Slots slots, Options options)
        {
            var (lr, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
            if (options.maximize!.Value) gradient = gradient.neg();
            if (options.weight_decay!.Value != 0) gradient = gradient.add(parameter, options.weight_decay.Value);
            var step = ++slots.Step;
            var mean = slots.Get(0, parameter);
            var square = slots.Get(1, parameter);
            mean.mul_(beta1).add_(gradient, 1 - beta1);
            square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
            if (options.amsgrad!.Value)
            {
                var largest = slots.Get(2, parameter);
                largest.copy_(largest.maximum(square));
                square = largest;
            }

            var denominator = square.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(options.eps!.Value);
            parameter.addcdiv_(mean, denominator, -lr / (1 - Math.Pow(beta1, step)));
        }

        /// <summary>The settings.</summary>
        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? eps;
            public double? weight_decay;
            public bool? amsgrad;
            public bool? maximize;
        }

        /// <summary>Parameters that share settings.</summary>
        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
            {
            }

            public (double, double) Betas { get => (Options.beta1 ?? 0, Options.beta2 ?? 0); set => (Options.beta1, Options.beta2) = value; }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) => new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) => new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
