namespace DeepKeras.Vision.Codecs;

/// <summary>A header announces more pixels than are allowed; becomes a <see cref="KerasException"/> that names the file.</summary>
internal sealed class TooManyPixelsException : Exception
{
    public TooManyPixelsException(long height, long width) => (Height, Width) = (height, width);

    public TooManyPixelsException()
    {
    }

    public TooManyPixelsException(string message) : base(message)
    {
    }

    public TooManyPixelsException(string message, Exception inner) : base(message, inner)
    {
    }

    public long Height { get; }

    public long Width { get; }
}
