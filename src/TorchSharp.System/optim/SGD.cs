using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum.</summary>
    public class SGD : OptimizerHelper, IMomentum
    {
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup(parameters, lr, momentum, dampening, weight_decay, nesterov, maximize)], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        {
            foreach (var group in parameters)
            {
                group.Options.LearningRate ??= lr;
                group.Options.momentum ??= momentum;
                group.Options.dampening ??= dampening;
                group.Options.weight_decay ??= weight_decay;
                group.Options.nesterov ??= nesterov;
                group.Options.maximize ??= maximize;
                add_param_group(group);
            }
        }

        public double Momentum { get => ((IMomentum)ParamGroups.First()).Momentum; set { foreach (var group in ParamGroups) ((IMomentum)group).Momentum = value; } }

        public override Tensor step(Func<Tensor>? closure = null) => Update<Options>(closure, Apply)!;

        private static void Apply(Parameter parameter, Tensor gradient, Slots slots, Options options)
        {
            var (lr, momentum) = (options.LearningRate!.Value, options.momentum!.Value);
            if (options.maximize!.Value) gradient = gradient.neg();
            if (options.weight_decay!.Value != 0) gradient = gradient.add(parameter, options.weight_decay.Value);
            if (momentum != 0)
            {
                if (slots.Has(0)) slots[0].mul_(momentum).add_(gradient, 1 - options.dampening!.Value);
                else slots.Put(0, gradient.detach().clone());
                gradient = options.nesterov!.Value ? gradient.add(slots[0], momentum) : slots[0];
            }

            parameter.add_(gradient, -lr);
        }

        /// <summary>The settings.</summary>
        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;
        }

        /// <summary>Parameters that share settings.</summary>
        public class ParamGroup : ParamGroup<Options>, IMomentum
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
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
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) => new(parameters.Select(pair => pair.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);
            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) => new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
