namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry between the brackets of an index.</summary>
    public struct TensorIndex
    {
        internal enum Kind { None, Single, Null, Bool, Ellipsis, Slice, Tensor }

        internal long? First;
        internal long? Stop;
        internal long? Step;
        internal Kind What;
        internal Tensor? Indices;

        public static readonly TensorIndex Ellipsis = new() { What = Kind.Ellipsis };
        public static readonly TensorIndex None = new() { What = Kind.None };
        public static readonly TensorIndex Null = new() { What = Kind.Null };
        public static readonly TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { First = start, Stop = stop, Step = step, What = Kind.Slice };
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { First = value ? 1 : 0, What = Kind.Bool };
        public static TensorIndex Single(long? index) => new() { First = index, What = Kind.Single };
        public static TensorIndex Tensor(Tensor tensor) => new() { Indices = tensor, What = Kind.Tensor };

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>Never succeeds; there so that an index given as a tensor is told apart.</summary>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidCastException("An index is not a tensor.");
    }
}
