namespace DeepKeras.Layers;

/// <summary>A layer whose result has memory of its own, so that what follows may be computed right there.</summary>
internal interface IInPlaceFinish
{
    /// <summary>Whether it is so with the layer's settings; a merge of a single input hands that one through.</summary>
    bool HasFreshResult { get; }

    /// <summary>Runs the layer and changes its result in place before anybody sees it.</summary>
    /// <param name="inputs">The inputs in call order.</param>
    /// <param name="training">Whether this is a training step.</param>
    /// <param name="finish">The change, element by element; its gradient needs no more than its own result.</param>
    Tensor Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish);
}
