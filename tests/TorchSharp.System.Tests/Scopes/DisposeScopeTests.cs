using static TorchSharp.torch;

namespace TorchSharp.Tests.Scopes;

/// <summary>Who owns a tensor, and when it goes.</summary>
public class DisposeScopeTests
{
    [Test]
    public void A_scope_owns_what_is_created_in_it_and_disposes_it()
    {
        Tensor inner;
        using (var scope = NewDisposeScope())
        {
            inner = ones(2);
            var sum = inner + 1;
            scope.DisposablesCount.Should().Be(2);
            scope.Contains(inner).Should().BeTrue();
            scope.DisposablesView.Should().HaveCount(2).And.Contain(sum);
        }

        inner.IsInvalid.Should().BeTrue();
        CurrentDisposeScope.Should().BeNull();
    }

    [Test]
    public void Scopes_nest_and_tensors_move_outwards_one_level_at_a_time()
    {
        using var outer = NewDisposeScope();
        Tensor moved, dropped;
        using (var inner = NewDisposeScope())
        {
            CurrentDisposeScope.Should().BeSameAs(inner);
            moved = ones(1).MoveToOuterDisposeScope();
            dropped = ones(1);
            outer.Contains(moved).Should().BeTrue();
            inner.Contains(moved).Should().BeFalse();
        }

        moved.IsInvalid.Should().BeFalse();
        dropped.IsInvalid.Should().BeTrue();
        outer.DisposablesCount.Should().Be(1);
    }

    [Test]
    public void Moving_out_of_the_outermost_scope_detaches()
    {
        Tensor kept;
        using (NewDisposeScope()) kept = ones(1).MoveToOuterDisposeScope();
        kept.IsInvalid.Should().BeFalse();
        kept.Dispose();
    }

    [Test]
    public void Detach_attach_and_move_to_another_scope()
    {
        Tensor a, b;
        using (var first = NewDisposeScope())
        {
            a = first.Detach(ones(1));
            b = ones(1).DetachFromDisposeScope();
            first.DisposablesCount.Should().Be(0);
            using var second = NewDisposeScope();
            second.Attach(a);
            second.Contains(a).Should().BeTrue();
            b.MoveToOtherDisposeScope(a);
            second.Contains(b).Should().BeTrue();
            second.MoveToOther(first, a);
            first.Contains(a).Should().BeTrue();
        }

        a.IsInvalid.Should().BeTrue();
        b.IsInvalid.Should().BeTrue();
    }

    [Test]
    public void DisposeEverythingBut_keeps_what_is_named()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(a, c).Should().Be((a, c));
        (a.IsInvalid, b.IsInvalid, c.IsInvalid).Should().Be((false, true, false));
        scope.DisposablesCount.Should().Be(2);
        scope.DisposeEverything();
        a.IsInvalid.Should().BeTrue();
        scope.DisposablesCount.Should().Be(0);
    }

    [Test]
    public void Disposing_a_tensor_takes_it_out_of_its_scope_and_twice_is_harmless()
    {
        using var scope = NewDisposeScope();
        var a = ones(1);
        a.Dispose();
        a.Dispose();
        scope.DisposablesCount.Should().Be(0);
    }

    [Test]
    public void An_in_place_operation_gives_back_the_same_object()
    {
        using var scope = NewDisposeScope();
        var a = ones(2);
        (a.add_(1) is var b && ReferenceEquals(a, b)).Should().BeTrue();
        ReferenceEquals(a, a.mul_(a)).Should().BeTrue();
        scope.DisposablesCount.Should().Be(1);
    }

    [Test]
    public void A_long_scope_stays_short_when_its_tensors_are_disposed_on_the_way()
    {
        using var scope = NewDisposeScope();
        var kept = new List<Tensor>();
        for (var i = 0; i < 2_000; i++)
        {
            var tensor = ones(1);
            if (i % 100 == 0) kept.Add(tensor);
            else if (i % 2 == 0) tensor.Dispose();
            else tensor.DetachFromDisposeScope().Dispose();
        }

        scope.DisposablesCount.Should().Be(20);
        scope.DisposablesView.Should().Equal(kept);
        kept.ForEach(tensor => scope.Contains(tensor).Should().BeTrue());
    }

    [Test]
    public void An_outer_scope_may_end_before_an_inner_one()
    {
        var outer = NewDisposeScope();
        var a = ones(1);
        var inner = NewDisposeScope();
        var b = ones(1);
        outer.Dispose();
        (a.IsInvalid, b.IsInvalid).Should().Be((true, false));
        CurrentDisposeScope.Should().BeSameAs(inner);
        inner.Dispose();
        b.IsInvalid.Should().BeTrue();
        CurrentDisposeScope.Should().BeNull();
    }

    [Test]
    public void A_scope_that_ended_refuses_work_in_clear_words()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        ((Action)(() => scope.DisposablesCount.ToString())).Should().Throw<ObjectDisposedException>();
        ((Action)(() => scope.Attach(ones(1)))).Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public void An_exception_leaves_nothing_behind()
    {
        var before = Tensor.TotalCount;
        Action failing = () =>
        {
            using var scope = NewDisposeScope();
            var a = ones(2, 3);
            _ = a.matmul(ones(2, 3));
        };
        failing.Should().Throw<System.Runtime.InteropServices.ExternalException>();
        Tensor.TotalCount.Should().Be(before);
    }

    [Test]
    public void Scopes_of_other_threads_do_not_mix()
    {
        using var scope = NewDisposeScope();
        DisposeScope? seen = scope;
        var thread = new Thread(() =>
        {
            seen = CurrentDisposeScope;
            using var own = NewDisposeScope();
            _ = ones(1);
        });
        thread.Start();
        thread.Join();
        seen.Should().BeNull();
        scope.DisposablesCount.Should().Be(0);
    }

    [Test]
    public void Statistics_count_by_thread()
    {
        var counts = DisposeScopeManager.Statistics;
        counts.Reset();
        var outside = ones(1);
        using (NewDisposeScope())
        {
            _ = ones(1);
            var detached = ones(1).DetachFromDisposeScope();
            counts.CreatedInScopeCount.Should().Be(2);
            counts.DetachedFromScopeCount.Should().Be(1);
            counts.ThreadTotalLiveCount.Should().Be(3);
            detached.Dispose();
        }

        counts.DisposedInScopeCount.Should().Be(1);
        counts.DisposedOutsideScopeCount.Should().Be(1);
        counts.CreatedOutsideScopeCount.Should().Be(1);
        counts.ThreadTotalLiveCount.Should().Be(1);
        outside.Dispose();
        counts.ThreadTotalLiveCount.Should().Be(0);
        counts.ToString().Should().Contain("ThreadTotalLiveCount: 0");
    }

    [Test]
    public void WrappedTensorDisposeScope_gives_the_result_outwards()
    {
        using var outer = NewDisposeScope();
        var result = WrappedTensorDisposeScope(() => ones(2).add(1).mul(3));
        outer.DisposablesCount.Should().Be(1);
        result.sum().ToDouble().Should().Be(12);
    }

    [Test]
    public void A_parameter_takes_the_place_of_its_data()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = nn.Parameter(data);
        data.IsInvalid.Should().BeTrue();
        scope.DisposablesView.Should().Equal(parameter);
        parameter.requires_grad.Should().BeTrue();
        parameter.is_leaf.Should().BeTrue();
    }
}
