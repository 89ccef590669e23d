using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Looks rows up by number.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _scale;
        private readonly bool _sparse;
        private readonly long _padding;
        private Parameter? _weight;

        internal Embedding(Tensor rows, bool learns, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse) : base(nameof(Embedding))
        {
            (_maxNorm, _normType, _scale, _sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
            _padding = padding_idx is < 0 ? rows.size(0) + padding_idx.Value : padding_idx ?? -1;
            weight = new Parameter(rows, learns);
        }

        public Parameter? weight
        {
            get => _weight;
            set => Keep(nameof(weight), ref _weight, value);
        }

        public override Tensor forward(Tensor input)
        {
            if (_maxNorm.HasValue)
            {
                using var still = no_grad();
                Aten.embedding_renorm_.Self(_weight, input.contiguous(), _maxNorm.Value, _normType);
            }

            return Aten.embedding.Call(_weight, input, _padding, _scale, _sparse);
        }
    }

    /// <summary>Sums, means or maxima of looked-up rows.</summary>
    public sealed class EmbeddingBag : nn.Module<Tensor, Tensor?, Tensor?, Tensor>
    {
        private readonly bool _scale;
        private readonly bool _sparse;
        private readonly bool _last;
        private readonly long _padding;
        private readonly EmbeddingBagMode _mode;
        private Parameter? _weight;

        internal EmbeddingBag(Tensor rows, bool learns, bool scale_grad_by_freq, EmbeddingBagMode mode, bool sparse, bool include_last_offset, long padding_index) : base(nameof(EmbeddingBag))
        {
            (_scale, _mode, _sparse, _last, _padding) = (scale_grad_by_freq, mode, sparse, include_last_offset, padding_index);
            weight = new Parameter(rows, learns);
        }

        public Parameter? weight
        {
            get => _weight;
            set => Keep(nameof(weight), ref _weight, value);
        }

        public override Tensor forward(Tensor input, Tensor? offsets, Tensor? perSampleWeights)
        {
            using var scope = NewDisposeScope();
            if (input.ndim == 2)
            {
                offsets = arange(0, input.numel(), input.size(1), ScalarType.Int64, input.device);
                perSampleWeights = perSampleWeights?.reshape(-1);
                input = input.reshape(-1);
            }

            return Aten.embedding_bag_padding_idx.Call(_weight, input, offsets, _scale, (long)_mode, _sparse, perSampleWeights, _last, _padding < 0 ? Arg.None : _padding).MoveToOuterDisposeScope();
        }

        public Tensor call(Tensor input) => call(input, null, null);
    }
}

namespace TorchSharp
{
    /// <summary>What becomes of the rows of a bag.</summary>
    public enum EmbeddingBagMode { Sum = 0, Mean = 1, Max = 2 }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var rows = randn(num_embeddings, embedding_dims, dtype, device);
                if (padding_idx.HasValue)
                {
                    using var row = rows.select(0, padding_idx.Value);
                    row.fill_(0);
                }

                return new(rows, true, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }

            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(embeddings.detach().to(dtype ?? embeddings.dtype, device ?? embeddings.device), !freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);

            public static EmbeddingBag EmbeddingBag(long num_embeddings, long embedding_dims, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false, bool include_last_offset = false, long padding_index = -1, Device? device = null, ScalarType? dtype = null) =>
                max_norm is null ? new(randn(num_embeddings, embedding_dims, dtype, device), true, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index) : throw new NotSupportedException("EmbeddingBag with max_norm is not available in TorchSharp.System.");
        }
    }
}
