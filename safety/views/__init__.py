"""Pages of the afternoon: the teacher's, the leader's, the gate's and the family's."""
