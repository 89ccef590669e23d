namespace DeepKeras.Serialization;

/// <summary>A class or function that a pickle names, one of the few that are known. Nothing of Python is behind it.</summary>
/// <param name="Name">Module and name: <c>torch._utils._rebuild_tensor_v2</c>.</param>
/// <param name="Storage">The element type, where it is a class of storages.</param>
/// <param name="Call">What to make of the arguments when the pickle calls it; <see langword="null"/> when it is only named.</param>
internal sealed record PickleGlobal(string Name, ScalarType? Storage = null, Func<object?[], string, object?>? Call = null)
{
    /// <summary>The globals that state dicts need; <see langword="null"/> for every other one.</summary>
    public static PickleGlobal? Find(string module, string name)
    {
        var full = $"{module}.{name}";
        return full switch
        {
            "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor" => new PickleGlobal(full, Call: Tensor),
            "torch._utils._rebuild_parameter" => new PickleGlobal(full, Call: (arguments, source) => arguments is [PickleTensor tensor, ..] ? tensor : throw Throw.PickleArguments(source, full)),
            "collections.OrderedDict" => new PickleGlobal(full, Call: Dictionary),
            "torch.Size" => new PickleGlobal(full, Call: (arguments, source) => arguments is [object?[] extents] ? extents : throw Throw.PickleArguments(source, full)),
            "torch.device" => new PickleGlobal(full, Call: (arguments, source) => arguments is [string device, ..] ? device : throw Throw.PickleArguments(source, full)),
            "builtins.set" or "__builtin__.set" or "builtins.frozenset" or "__builtin__.frozenset" =>
                new PickleGlobal(full, Call: (arguments, source) => arguments is [List<object?> items] ? items : throw Throw.PickleArguments(source, full)),
            _ => StorageType.Find(module, name) is { } type ? new PickleGlobal(full, type) : null,
        };
    }

    private static PickleTensor Tensor(object?[] arguments, string source) =>
        arguments is [PickleStorage storage, long offset, object?[] size, object?[] stride, ..]
            ? PickleTensor.Create(storage, offset, size, stride, source)
            : throw Throw.PickleArguments(source, "torch._utils._rebuild_tensor_v2");

    private static PickleDictionary Dictionary(object?[] arguments, string source)
    {
        var made = new PickleDictionary();
        if (arguments is []) return made;
        if (arguments is not [List<object?> pairs]) throw Throw.PickleArguments(source, "collections.OrderedDict");
        foreach (var pair in pairs)
        {
            made.Items.Add(pair switch
            {
                List<object?> and [var key, var value] => (key, value),
                object?[] and [var key, var value] => (key, value),
                _ => throw Throw.PickleArguments(source, "collections.OrderedDict"),
            });
        }
        return made;
    }
}
