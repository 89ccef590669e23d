using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Steps by the root of the running mean of squares.</summary>
    public class RMSProp : OptimizerHelper, IMomentum
    {
        public RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
            : this([new ParamGroup(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize)], lr, alpha, eps, weight_decay, momentum, centered, maximize)
        {
        }

        public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        {
            foreach (var group in parameters)
            {
                group.Options.LearningRate ??= lr;
                group.Options.alpha ??= alpha;
                group.Options.eps ??= eps;
                group.Options.weight_decay ??= weight_decay;
                group.Options.momentum ??= momentum;
                group.Options.centered ??= centered;
                group.Options.maximize ??= maximize;
                add_param_group(group);
            }
        }

        public double Momentum { get => ((IMomentum)ParamGroups.First()).Momentum; set { foreach (var group in ParamGroups) ((IMomentum)group).Momentum = value; } }

        public override Tensor step(Func<Tensor>? closure = null) => Update<Options>(closure, Apply)!;

        private static void Apply(Parameter parameter, Tensor gradient, Slots slots, Options options)
        {
            var (lr, alpha, momentum) = (options.LearningRate!.Value, options.alpha!.Value, options.momentum!.Value);
            if (options.maximize!.Value) gradient = gradient.neg();
            if (options.weight_decay!.Value != 0) gradient = gradient.add(parameter, options.weight_decay.Value);
            var square = slots.Get(0, parameter);
            square.mul_(alpha).addcmul_(gradient, gradient, 1 - alpha);
            var average = square;
            if (options.centered!.Value)
            {
                var mean = slots.Get(1, parameter);
                mean.mul_(alpha).add_(gradient, 1 - alpha);
                average = square.addcmul(mean, mean, -1);
            }

            var root = average.sqrt().add_(options.eps!.Value);
            if (momentum > 0)
            {
                var buffer = slots.Get(2, parameter);
                buffer.mul_(momentum).addcdiv_(gradient, root);
                parameter.add_(buffer, -lr);
            }
            else
            {
                parameter.addcdiv_(gradient, root, -lr);
            }
        }

        /// <summary>The settings.</summary>
        public class Options : OptimizerOptions
        {
            public double? alpha;
            public double? eps;
            public double? weight_decay;
            public double? momentum;
            public bool? centered;
            public bool? maximize;
        }

        /// <summary>Parameters that share settings.</summary>
        public class ParamGroup : ParamGroup<Options>, IMomentum
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, InitialLearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize })
            {
            }

            public double Momentum { get => Options.momentum ?? 0; set => Options.momentum = value; }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) => new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) => new(parameters.Select(pair => pair.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);
            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) => new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
