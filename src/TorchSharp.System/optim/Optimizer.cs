using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Something whose learning rate can be set from outside.</summary>
    public interface ILearningRateController
    {
        double LearningRate { get; set; }
        double InitialLearningRate { get; set; }
    }

    /// <summary>Something with a momentum.</summary>
    public interface IMomentum
    {
        double Momentum { get; set; }
    }

    /// <summary>Something with the two decay rates of Adam.</summary>
    public interface IBetas
    {
        (double, double) Betas { get; set; }
    }

    /// <summary>The settings that all optimizers have.</summary>
    public class OptimizerOptions
    {
        public double? LearningRate { get; set; }
        public double InitialLearningRate { get; set; }
    }

    /// <summary>Parameters that share settings.</summary>
    public class ParamGroup : ILearningRateController
    {
        public IEnumerable<Parameter> Parameters { get; set; } = [];
        public OptimizerOptions Options { get; set; } = new();
        public double LearningRate { get => Options.LearningRate ?? 0; set => Options.LearningRate = value; }
        public double InitialLearningRate { get => Options.InitialLearningRate; set => Options.InitialLearningRate = value; }
    }

    /// <summary>Parameters that share settings of one kind.</summary>
    public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions, new()
    {
        public ParamGroup() => base.Options = new TOptions();

        public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        {
            Parameters = parameters;
            base.Options = options ?? new TOptions();
        }

        public new TOptions Options { get => (TOptions)base.Options; set => base.Options = value; }
    }

    /// <summary>Keeps groups, and a state per parameter.</summary>
    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        private readonly List<ParamGroup> _groups = [];
        private readonly Dictionary<Parameter, Slots> _slots = new(ReferenceEqualityComparer.Instance);

        public override IEnumerable<ILearningRateController> ParamGroups => _groups;

        public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

        public override void add_param_group(ParamGroup param_group)
        {
            param_group.Parameters = param_group.Parameters.ToArray();
            if (param_group.InitialLearningRate == 0) param_group.InitialLearningRate = param_group.LearningRate;
            _groups.Add(param_group);
        }

        public override void zero_grad()
        {
            using var still = torch.no_grad();
            foreach (var parameter in parameters())
            {
                using var gradient = parameter.grad;
                gradient?.fill_(0);
            }
        }

        /// <summary>Runs the update on every parameter that has a gradient, without recording it.</summary>
        private protected torch.Tensor? Update<TOptions>(Func<torch.Tensor>? closure, Action<Parameter, torch.Tensor, Slots, TOptions> update) where TOptions : OptimizerOptions
        {
            torch.Tensor? loss = null;
            if (closure is not null)
            {
                using var recording = torch.enable_grad();
                loss = closure();
            }

            using var still = torch.no_grad();
            foreach (var group in _groups)
            {
                foreach (var parameter in (Parameter[])group.Parameters)
                {
                    using var scope = torch.NewDisposeScope();
                    var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (!_slots.TryGetValue(parameter, out var slots)) _slots.Add(parameter, slots = new Slots());
                    update(parameter, gradient, slots, (TOptions)group.Options);
                }
            }

            return loss;
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing) return;
            foreach (var slots in _slots.Values) slots.Dispose();
            _slots.Clear();
        }

        /// <summary>What an optimizer remembers of one parameter.</summary>
        private protected sealed class Slots : IDisposable
        {
            private readonly torch.Tensor?[] _tensors = new torch.Tensor?[3];

            internal long Step;

            internal torch.Tensor this[int slot] => _tensors[slot]!;

            internal bool Has(int slot) => _tensors[slot] is not null;

            /// <summary>The tensor, made of the parameter's shape when it is first needed.</summary>
            internal torch.Tensor Get(int slot, Parameter like, double value = 0) =>
                _tensors[slot] ??= like.detach().full_like(value).DetachFromDisposeScope();

            internal void Put(int slot, torch.Tensor tensor) => _tensors[slot] = tensor.DetachFromDisposeScope();

            public void Dispose()
            {
                foreach (var tensor in _tensors) tensor?.Dispose();
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>Optimizers.</summary>
        public static partial class optim
        {
            /// <summary>Changes parameters by their gradients.</summary>
            public abstract class Optimizer : IDisposable
            {
                public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

                public abstract IEnumerable<Parameter> parameters();

                public abstract void zero_grad();

                public abstract void add_param_group(ParamGroup param_group);

                public virtual Tensor step(Func<Tensor>? closure = null) => null!;

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing) { }
            }
        }
    }
}
