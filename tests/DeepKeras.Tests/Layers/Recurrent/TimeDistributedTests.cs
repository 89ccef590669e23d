using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers.Recurrent;

public sealed class TimeDistributedTests
{
    [SetUp]
    public void Start() => Keras.ClearSession();

    [Test]
    public void Every_step_meets_the_same_layer()
    {
        var x = Sample(ScalarType.Float32, 2, 3, 5, 5, 2);
        var inner = new Conv2D(4, 3);
        var output = new TimeDistributed(inner).Call(x);
        for (var t = 0; t < 3; t++) Close(output.select(1, t), inner.Call(x.select(1, t)), 1e-6);
    }

    [Test]
    public void In_training_every_step_is_a_batch_of_its_own_for_statistics()
    {
        var x = Sample(ScalarType.Float32, 4, 2, 3);
        var (inner, alone) = (new BatchNormalization(momentum: 0.5), new BatchNormalization(momentum: 0.5));
        var output = new TimeDistributed(inner).Call(x, training: true);
        for (var t = 0; t < 2; t++) Close(output.select(1, t), alone.Call(x.select(1, t), training: true), 1e-6);
        Close(inner.GetWeights()[2], alone.GetWeights()[2], 1e-6);
    }

    [Test]
    public void A_whole_model_runs_on_every_step()
    {
        var encoder = new Sequential([new Flatten(), new Dense(3)]);
        var x = Keras.Input((4, 5, 2));
        var model = new Model(x, new GRU(2).Apply(new TimeDistributed(encoder).Apply(x)));
        model.Predict(Sample(ScalarType.Float32, 2, 4, 5, 2), verbose: 0).Single.shape.Should().Equal(2, 2);
    }

    [Test]
    public void The_layer_inside_leaves_out_the_words_that_an_embedding_has_masked()
    {
        var words = Keras.Input((2, 4), dtype: ScalarType.Int64);
        var (embedding, reader) = (new Embedding(9, 3, maskZero: true), new LSTM(2));
        var model = new Model(words, new TimeDistributed(reader).Apply(embedding.Apply(words)));
        var ids = Integers([5, 3, 0, 0, 1, 0, 0, 0, 2, 2, 7, 0, 4, 8, 6, 1], 2, 2, 4);
        var output = model.Predict(ids, verbose: 0).Single;
        Close(output[0, 0], reader.Call(embedding.Call(Integers([5, 3], 1, 2)))[0], 1e-6);
        Close(output[0, 1], reader.Call(embedding.Call(Integers([1], 1, 1)))[0], 1e-6);
        Close(output[1, 0], reader.Call(embedding.Call(Integers([2, 2, 7], 1, 3)))[0], 1e-6);
    }

    [Test]
    public void A_mask_of_other_steps_is_refused() =>
        FluentActions.Invoking(() => new TimeDistributed(new LSTM(2)).Call([torch.zeros(2, 3, 4, 1)], [torch.ones([2, 4], ScalarType.Bool)]))
            .Should().Throw<KerasException>().WithMessage("TimeDistributed 'time_distributed' expects a mask with one element per step, *");

    [Test]
    public void It_wants_a_sequence() =>
        FluentActions.Invoking(() => new TimeDistributed(new Dense(2)).ComputeOutputShape(new Shape(2, 3)))
            .Should().Throw<KerasException>().WithMessage("TimeDistributed 'time_distributed' expects a sequence (batch, steps, …) *");
}
