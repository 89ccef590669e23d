namespace DeepKeras.Callbacks;

/// <summary>What kind of series a summary belongs to, numbered as in TensorBoard's <c>summary.proto</c>.</summary>
internal enum EventDataClass
{
    Unknown = 0,
    Scalar = 1,
    Tensor = 2,
    BlobSequence = 3,
}
