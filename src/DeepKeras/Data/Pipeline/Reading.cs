namespace DeepKeras.Data;

/// <summary>What a pass has to know that its operators cannot be told by argument: whether its reader has given up.</summary>
internal static class Reading
{
    [ThreadStatic]
    private static CancellationToken s_cancellation;

    /// <summary>Cancelled when the elements that this thread reads are wanted no more.</summary>
    public static CancellationToken Cancellation => s_cancellation;

    public static void ThrowIfCancelled() => s_cancellation.ThrowIfCancellationRequested();

    /// <summary>Passes that this thread starts or goes on with until the end of the scope can be cancelled.</summary>
    public static Scope Under(CancellationToken cancellation)
    {
        var scope = new Scope(s_cancellation);
        s_cancellation = cancellation;
        return scope;
    }

    internal readonly ref struct Scope(CancellationToken before)
    {
        private readonly CancellationToken _before = before;

        public void Dispose() => s_cancellation = _before;
    }
}
