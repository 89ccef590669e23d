namespace DeepKeras.Conformance;

/// <summary>Something that the case asks for does not exist here; the case is skipped with this reason.</summary>
internal sealed class NotCoveredException : Exception
{
    public NotCoveredException()
    {
    }

    public NotCoveredException(string message)
        : base(message)
    {
    }

    public NotCoveredException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
