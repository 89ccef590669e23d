namespace DeepKeras.Layers;

/// <summary>What the inputs of every attention must agree in.</summary>
internal static class AttentionShapes
{
    /// <summary>Refuses inputs of another rank or batch than the query's, and keys that are not as many as the values.</summary>
    public static void Check(Layer layer, Shape query, Shape value, Shape key)
    {
        var shapes = ReferenceEquals(value, key) ? (Shape[])[query, value] : [query, value, key];
        if (value.Rank != query.Rank || key.Rank != query.Rank || query.Rank < 3) throw Throw.AttentionRank(layer, shapes);
        for (var axis = 0; axis < query.Rank - 1; axis++)
        {
            if (Differ(value[axis], key[axis]) || (axis == 0 && Differ(query[0], value[0]))) throw Throw.AttentionSteps(layer, shapes);
        }
    }

    /// <summary>Whether two extents can never be the same.</summary>
    public static bool Differ(long? left, long? right) => left is { } a && right is { } b && a != b;
}
