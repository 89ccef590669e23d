namespace DeepKeras.Data;

/// <summary>
/// An element between two dispose scopes (in a buffer, or on its way to another thread; scopes are thread-static) and the tensors that were made
/// with it: these belong to whoever takes the element. Tensors that were there before are not touched.
/// </summary>
internal readonly struct Held<T>
{
    private static readonly bool s_mayHoldTensors = TensorWalker.MayHold(typeof(T));
    private readonly Tensor[]? _owned;

    private Held(T value, Tensor[]? owned) => (Value, _owned) = (value, owned);

    public T Value { get; }

    /// <summary>Reads the next element and takes what was made for it out of the current scope.</summary>
    public static bool TryRead(IEnumerator<T> pass, out Held<T> held)
    {
        if (!s_mayHoldTensors)
        {
            var any = pass.MoveNext();
            held = any ? new(pass.Current, null) : default;
            return any;
        }
        using var scope = torch.NewDisposeScope();
        if (pass.MoveNext())
        {
            held = Detach(pass.Current, scope);
            return true;
        }
        held = default;
        return false;
    }

    /// <summary>Takes an element's tensors out of the scope that they were made in.</summary>
    public static Held<T> Detach(T value, DisposeScope scope) => new(value, s_mayHoldTensors ? TensorWalker.Detach(value, scope) : null);

    /// <summary>Gives the element to the current dispose scope.</summary>
    public T Take()
    {
        if (_owned is not null && torch.CurrentDisposeScope is { } scope)
        {
            foreach (var tensor in _owned) scope.Attach(tensor);
        }
        return Value;
    }

    /// <summary>Frees the element, which nobody wants.</summary>
    public void Free()
    {
        if (_owned is null) return;
        foreach (var tensor in _owned) tensor.Dispose();
    }
}
