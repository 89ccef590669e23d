namespace DeepKeras.Serialization;

/// <summary>A dict of a pickle, in its order. A list, not a hash table: the keys are whatever the file says.</summary>
internal sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Items { get; } = [];
}
