using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam by the largest gradient.</summary>
    public class Adamax : OptimizerHelper, IBetas
    {
        public Adamax(IEnumerable<Parameter> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
            : this([new ParamGroup(parameters, lr, beta1, beta2, eps, weight_decay)], lr, beta1, beta2, eps, weight_decay)
        {
        }

        public Adamax(IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
        {
            foreach (var group in parameters)
            {
                group.Options.LearningRate ??= lr;
                group.Options.beta1 ??= beta1;
                group.Options.beta2 ??= beta2;
                group.Options.eps ??= eps;
                group.Options.weight_decay ??= weight_decay;
                add_param_group(group);
            }
        }

        public (double, double) Betas { get => ((IBetas)ParamGroups.First()).Betas; set { foreach (var group in ParamGroups) ((IBetas)group).Betas = value; } }

        public override Tensor step(Func<Tensor>? closure = null) => Update<Options>(closure, Apply)!;

        private static void Apply(Parameter parameter, Tensor gradient, Slots slots, Options options)
        {
            var (lr, beta1, beta2) = (options.LearningRate!.Value, options.beta1!.Value, options.beta2!.Value);
            var step = ++slots.Step;
            if (options.weight_decay!.Value != 0) gradient = gradient.add(parameter, options.weight_decay.Value);
            var mean = slots.Get(0, parameter);
            var largest = slots.Get(1, parameter);
            mean.mul_(beta1).add_(gradient, 1 - beta1);
            largest.copy_(largest.mul(beta2).maximum(gradient.abs().add_(options.eps!.Value)));
            parameter.addcdiv_(mean, largest, -lr / (1 - Math.Pow(beta1, step)));
        }

        /// <summary>The settings.</summary>
        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? eps;
            public double? weight_decay;
        }

        /// <summary>Parameters that share settings.</summary>
        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
                : base(parameters, new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay })
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
            public static Adamax Adamax(IEnumerable<Parameter> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) => new(parameters, lr, beta1, beta2, eps, weight_decay);
            public static Adamax Adamax(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) => new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay);
            public static Adamax Adamax(IEnumerable<Adamax.ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) => new(parameters, lr, beta1, beta2, eps, weight_decay);
        }
    }
}
