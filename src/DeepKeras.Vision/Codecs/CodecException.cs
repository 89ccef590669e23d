namespace DeepKeras.Vision.Codecs;

/// <summary>What a codec has to say about a file that it cannot decode; the caller adds the file's name.</summary>
internal sealed class CodecException : Exception
{
    public CodecException()
    {
    }

    public CodecException(string message)
        : base(message)
    {
    }

    public CodecException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
