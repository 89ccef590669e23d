using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What batch and instance normalisation share.</summary>
    public abstract class NormBase : nn.Module<Tensor, Tensor>
    {
        private readonly int _ranks;
        private Parameter? _weight;
        private Parameter? _bias;
        private Tensor? _mean;
        private Tensor? _var;
        private Tensor? _batches;

        private protected NormBase(string name, int ranks, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype) : base(name)
        {
            _ranks = ranks;
            (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
            if (affine)
            {
                weight = new Parameter(ones(num_features, dtype, device));
                bias = new Parameter(zeros(num_features, dtype, device));
            }

            if (track_running_stats)
            {
                running_mean = zeros(num_features, dtype, device);
                running_var = ones(num_features, dtype, device);
                num_batches_tracked = zeros([], ScalarType.Int64, device);
            }
        }

        public long num_features { get; }
        public double eps { get; set; }
        public double? momentum { get; set; }
        public bool affine { get; }
        public bool track_running_stats { get; }

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

        public Tensor? running_mean
        {
            get => _mean;
            set => KeepBuffer(nameof(running_mean), ref _mean, value);
        }

        public Tensor? running_var
        {
            get => _var;
            set => KeepBuffer(nameof(running_var), ref _var, value);
        }

        public Tensor? num_batches_tracked
        {
            get => _batches;
            set => KeepBuffer(nameof(num_batches_tracked), ref _batches, value);
        }

        public void reset_running_stats()
        {
            _mean?.fill_(0);
            _var?.fill_(1);
            _batches?.fill_(0);
        }

        public void reset_parameters()
        {
            reset_running_stats();
            using var still = no_grad();
            _weight?.fill_(1);
            _bias?.fill_(0);
        }

        /// <summary>One bit per allowed number of dimensions.</summary>
        private protected void CheckRank(Tensor input)
        {
            var rank = (int)input.ndim;
            if ((_ranks >> rank & 1) == 0)
                throw new ArgumentException($"expected {string.Join(" or ", Enumerable.Range(0, 8).Where(r => (_ranks >> r & 1) != 0).Select(r => $"{r}D"))} input, but got {rank}D input.");
        }
    }

    /// <summary>Normalises each channel over the batch.</summary>
    public abstract class BatchNorm : NormBase
    {
        private protected BatchNorm(string name, int ranks, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(name, ranks, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            CheckRank(input);
            var factor = momentum ?? 0.0;
            if (training && track_running_stats && num_batches_tracked is { } batches)
            {
                using (no_grad()) batches.add_(1);
                if (momentum is null) factor = 1.0 / batches.ToDouble();
            }

            var own = training || (running_mean is null && running_var is null);
            var keep = !training || track_running_stats;
            return nn.functional.batch_norm(input, keep ? running_mean : null, keep ? running_var : null, weight, bias, own, factor, eps);
        }
    }

    /// <summary>Normalises each channel of each sample.</summary>
    public abstract class InstanceNorm : NormBase
    {
        private protected InstanceNorm(string name, int ranks, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(name, ranks, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        public override Tensor forward(Tensor input)
        {
            CheckRank(input);
            return nn.functional.instance_norm(input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);
        }
    }

    /// <summary>BatchNorm for vectors and sequences.</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm1d), 1 << 2 | 1 << 3, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }
    }

    /// <summary>BatchNorm for images.</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm2d), 1 << 4, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }
    }

    /// <summary>BatchNorm for volumes.</summary>
    public sealed class BatchNorm3d : BatchNorm
    {
        internal BatchNorm3d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(BatchNorm3d), 1 << 5, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }
    }

    /// <summary>InstanceNorm for vectors and sequences.</summary>
    public sealed class InstanceNorm1d : InstanceNorm
    {
        internal InstanceNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(InstanceNorm1d), 1 << 2 | 1 << 3, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }
    }

    /// <summary>InstanceNorm for images.</summary>
    public sealed class InstanceNorm2d : InstanceNorm
    {
        internal InstanceNorm2d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(InstanceNorm2d), 1 << 3 | 1 << 4, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }
    }

    /// <summary>InstanceNorm for volumes.</summary>
    public sealed class InstanceNorm3d : InstanceNorm
    {
        internal InstanceNorm3d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(nameof(InstanceNorm3d), 1 << 4 | 1 << 5, num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
            public static BatchNorm3d BatchNorm3d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
            public static InstanceNorm1d InstanceNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
            public static InstanceNorm2d InstanceNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
            public static InstanceNorm3d InstanceNorm3d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
