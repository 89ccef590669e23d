namespace DeepKeras;

/// <summary>An error of use: its text says where it happened, what was expected, what came, and how to mend it.</summary>
public sealed class KerasException : Exception
{
    /// <summary>Creates the error.</summary>
    public KerasException()
    {
    }

    /// <summary>Creates the error with its text.</summary>
    /// <param name="message">Where, expected and received, the fix.</param>
    public KerasException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with its text and its cause.</summary>
    /// <param name="message">Where, expected and received, the fix.</param>
    /// <param name="innerException">The error underneath.</param>
    public KerasException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
