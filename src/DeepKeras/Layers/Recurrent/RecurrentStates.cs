namespace DeepKeras.Layers;

/// <summary>The states that are given to a recurrent layer or cell behind its input.</summary>
internal static class RecurrentStates
{
    /// <summary>Refuses states of a wrong number or shape.</summary>
    /// <param name="layer">Who was called.</param>
    /// <param name="inputs">The input's shape and those of the states, if any were given.</param>
    /// <param name="expected">The shapes that the states must have.</param>
    public static void Check(Layer layer, IReadOnlyList<Shape> inputs, IReadOnlyList<Shape> expected)
    {
        if (inputs.Count == 1) return;
        if (inputs.Count != 1 + expected.Count) throw Throw.StateCount(layer, expected.Count, inputs.Count - 1);
        for (var i = 0; i < expected.Count; i++)
        {
            if (!Agree(inputs[i + 1], expected[i])) throw Throw.StateShape(layer, i, expected[i], inputs[i + 1]);
        }
    }

    private static bool Agree(Shape a, Shape b) => a.Rank == b.Rank && a.Zip(b).All(p => p.First is null || p.Second is null || p.First == p.Second);
}
